using CsCheck;

namespace Sallyport.Acquisition.Tests;

public sealed class BackOffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void The_limit_doubles_with_each_failure_up_to_the_longest(int failures, int limitInSeconds)
    {
        var almost = new BackOff(First, Longest, () => 0.999);
        Assert.Equal(limitInSeconds * 0.999, almost.Next(failures).TotalSeconds, precision: 6);
    }

    [Fact]
    public void Every_wait_between_nothing_and_the_limit_is_possible()
    {
        Assert.Equal(TimeSpan.Zero, new BackOff(First, Longest, () => 0).Next(5));
        Assert.Equal(TimeSpan.FromSeconds(8), new BackOff(First, Longest, () => 0.5).Next(5));
    }

    [Fact]
    public void No_failure_means_no_wait_to_compute() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackOff(First, Longest, () => 0).Next(0));

    [Fact]
    public void Jitter_is_a_fraction_and_not_always_the_same()
    {
        double[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => Jitter.Next())];
        Assert.All(drawn, fraction => Assert.True(fraction is >= 0 and < 1));
        Assert.True(drawn.Max() - drawn.Min() > 0.5);
    }

    [Fact]
    public void A_wait_is_never_negative_and_never_above_the_longest() =>
        Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double[0, 1]).Sample((failures, random) =>
            new BackOff(First, Longest, () => random).Next(failures) is var wait && wait >= TimeSpan.Zero && wait <= Longest);
}
