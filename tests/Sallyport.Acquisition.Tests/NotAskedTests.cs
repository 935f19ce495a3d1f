using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

public sealed class NotAskedTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_good_is_told_with_its_own_time_and_not_as_a_value()
    {
        // facts 2.6: never an old value with a new time.
        Point now = new NotAsked("timeout").Of("flow", PointValue.FromInt64(7), At);
        Assert.Equal(Point.Bad("flow", StatusCode.BadNoCommunication, "not asked: timeout", PointValue.FromInt64(7), At), now);
        Assert.Null(now.Value);
    }

    [Fact]
    public void What_was_never_read_has_no_last_value()
    {
        Point now = new NotAsked("timeout").Of("flow", last: null, lastAt: null);
        Assert.Null(now.LastValue);
        Assert.Equal(StatusCode.BadNoCommunication, now.Status);
    }
}
