using Microsoft.Extensions.Time.Testing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class DeviceStatusTrackerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));
    private readonly List<DeviceStatus> _changes = [];
    private readonly DeviceStatusTracker _tracker;

    public DeviceStatusTrackerTests()
    {
        var backOff = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => 0.5);
        _tracker = new DeviceStatusTracker("chiller-1", "modbus-tcp", "01JD3S00000000000000000000", backOff, _time, _changes.Add);
    }

    private string States => string.Join(", ", _changes.Select(change => change.State));

    [Fact]
    public void The_session_is_announced_before_anything_is_known() => Assert.Equal("Starting", States);

    [Fact]
    public void A_change_is_told_once()
    {
        _tracker.Answered("fast", trouble: null);
        _tracker.Answered("fast", trouble: null);
        _tracker.NotAnswered("timeout");
        _tracker.NotAnswered("timeout");
        _tracker.Answered("fast", trouble: null);
        Assert.Equal("Starting, Online, Offline, Online", States);
    }

    [Fact]
    public void A_device_with_one_bad_point_is_degraded_until_all_groups_are_well()
    {
        _tracker.Answered("slow", "exception 2 at holdingRegister 7..7");
        _tracker.Answered("fast", trouble: null);
        _tracker.Answered("slow", trouble: null);
        Assert.Equal("Starting, Degraded, Online", States);
        Assert.Equal("exception 2 at holdingRegister 7..7", _changes[1].Reason);
    }

    [Fact]
    public void The_troubles_of_a_group_that_is_gone_do_not_count()
    {
        _tracker.Answered("slow", "exception 2");
        _tracker.Forget("slow");
        _tracker.Answered("fast", trouble: null);
        Assert.Equal(DeviceState.Online, _tracker.Current.State);
    }

    [Fact]
    public void A_silent_device_is_left_alone_longer_each_time()
    {
        Assert.True(_tracker.MayAsk());
        _tracker.NotAnswered("timeout");
        AssertAskedAgainAfter(TimeSpan.FromSeconds(0.5));
        _tracker.NotAnswered("timeout");
        AssertAskedAgainAfter(TimeSpan.FromSeconds(1));
        _tracker.NotAnswered("timeout");
        AssertAskedAgainAfter(TimeSpan.FromSeconds(2));
        _tracker.Answered("fast", trouble: null);
        Assert.True(_tracker.MayAsk());
    }

    [Fact]
    public void Failures_since_and_next_retry_are_told()
    {
        _tracker.NotAnswered("timeout");
        _time.Advance(TimeSpan.FromSeconds(3));
        _tracker.NotAnswered("connection refused");
        DeviceStatus status = _tracker.Current;
        Assert.Equal(2, status.ConsecutiveFailures);
        Assert.Equal("connection refused", status.Reason);
        Assert.Equal(_time.Start, status.Since);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(1), status.NextRetry);
    }

    [Fact]
    public void Every_state_is_a_valid_message()
    {
        _tracker.Answered("fast", trouble: null);
        _tracker.Answered("fast", "exception 2");
        _tracker.NotAnswered("timeout");
        _tracker.Stop("ordered stop");
        Assert.Equal("Starting, Online, Degraded, Offline, Stopped", States);
        Assert.All(_changes, change => MessageSchema.Validate(TelemetryMessage.Of(change)));
    }

    private void AssertAskedAgainAfter(TimeSpan wait)
    {
        Assert.False(_tracker.MayAsk());
        _time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.False(_tracker.MayAsk());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_tracker.MayAsk());
    }
}
