using CsCheck;
using Sallyport.IotHub.Lifecycle;

namespace Sallyport.IotHub.Tests.Lifecycle;

public sealed class ReconnectDelayTests
{
    [Fact]
    public void The_bound_doubles_from_5_to_300_s_and_stays_there() => Assert.Equal(
        [5, 10, 20, 40, 80, 160, 300, 300, 300],
        Take(NewDelay(1), 9));

    [Fact]
    public void After_a_connection_that_held_it_starts_over()
    {
        ReconnectDelay delay = NewDelay(1);
        Take(delay, 8);
        delay.Reset();

        Assert.Equal([5, 10], Take(delay, 2));
    }

    [Fact]
    public void Jitter_is_full_every_wait_lies_between_zero_and_the_bound() => Gen
        .Select(Gen.Double[0, 1].Where(random => random < 1), Gen.Int[1, 200])
        .Sample((random, attempts) => Take(NewDelay(random), attempts)
            .Zip(Take(NewDelay(1), attempts))
            .All(pair => pair.First >= 0 && pair.First < pair.Second && Math.Abs(pair.First - (pair.Second * random)) < 0.001));

    [Fact]
    public void A_token_is_replaced_between_80_and_85_percent_of_its_life() => Gen
        .Double[0, 1]
        .Where(random => random < 1)
        .Sample(random => new TokenRenewal(() => random).DueAfter(TimeSpan.FromHours(1)).TotalMinutes is >= 48 and <= 51);

    private static ReconnectDelay NewDelay(double random) => new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(300), () => random);

    private static double[] Take(ReconnectDelay delay, int count) => [.. Enumerable.Range(0, count).Select(_ => delay.Next().TotalSeconds)];
}
