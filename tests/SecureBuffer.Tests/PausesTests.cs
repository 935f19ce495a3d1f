using Sallyport.SecureBuffer.Delivery;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Pauses double and are bounded.</summary>
public sealed class PausesTests
{
    [Fact]
    public void Looks_at_the_metrics_become_rarer_up_to_one_a_second() => Assert.Equal(
        [50, 100, 200, 400, 800, 1000, 1000],
        Enumerable.Range(0, 7).Select(looks => Pauses.Look(looks).TotalMilliseconds));

    [Fact]
    public void Resends_become_rarer_up_to_one_a_minute() => Assert.Equal(
        [1, 2, 4, 8, 16, 32, 60, 60],
        Enumerable.Range(1, 8).Select(losses => Pauses.Resend(losses).TotalSeconds));

    [Fact]
    public void Any_number_of_times_is_bounded()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Pauses.Look(int.MaxValue));
        Assert.Equal(TimeSpan.FromSeconds(60), Pauses.Resend(int.MaxValue));
    }
}
