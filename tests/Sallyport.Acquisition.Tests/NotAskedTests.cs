using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Tests;

public sealed class NotAskedTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_good_is_told_with_the_time_of_its_own_reply()
    {
        // facts 2.6: never an old value with a new time.
        Point before = Point.Good("flow", PointValue.FromInt64(7), TimeSpan.FromMilliseconds(40));
        Point now = Assert.Single(NotAsked.Of(["flow"], [before], At, "timeout"));
        Assert.Equal(
            Point.Bad("flow", StatusCode.BadNoCommunication, "not asked: timeout", PointValue.FromInt64(7), At + TimeSpan.FromMilliseconds(40)), now);
        Assert.Null(now.Value);
    }

    [Fact]
    public void What_was_bad_before_keeps_its_last_value_and_time()
    {
        Point before = Point.Bad("flow", StatusCode.BadTimeout, "timeout", PointValue.FromInt64(7), At);
        Point now = Assert.Single(NotAsked.Of(["flow"], [before], At + TimeSpan.FromMinutes(1), "timeout"));
        Assert.Equal((PointValue.FromInt64(7), At), (now.LastValue, now.LastAt));
    }

    [Fact]
    public void What_was_never_read_has_no_last_value()
    {
        Point now = Assert.Single(NotAsked.Of(["flow"], ImmutableArray<Point>.Empty, At, "timeout"));
        Assert.Null(now.LastValue);
        Assert.Equal(StatusCode.BadNoCommunication, now.Status);
    }
}
