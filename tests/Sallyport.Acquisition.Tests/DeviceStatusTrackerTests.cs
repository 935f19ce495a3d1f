using Microsoft.Extensions.Time.Testing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class DeviceStatusTrackerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));
    private readonly List<DeviceStatus> _changes = [];
    private readonly ProbeGate _connection;
    private readonly DeviceStatusTracker _tracker;

    public DeviceStatusTrackerTests()
    {
        _connection = Gate();
        _tracker = Tracker("chiller-1");
    }

    private string States => string.Join(", ", _changes.Select(change => change.State));

    [Fact]
    public void The_session_is_announced_before_anything_is_known() => Assert.Equal("Starting", States);

    [Fact]
    public void A_change_is_told_once()
    {
        _tracker.Answered("fast", trouble: null);
        _tracker.Answered("fast", trouble: null);
        FailToAnswer("timeout");
        _time.Advance(TimeSpan.FromSeconds(1));
        FailToAnswer("timeout");
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
        FailToAnswer("timeout");
        Assert.False(_tracker.TryAsk(out _));
        _time.Advance(TimeSpan.FromSeconds(0.5));
        FailToAnswer("timeout");
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(_tracker.TryAsk(out _));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(_tracker.TryAsk(out _));
        _tracker.Answered("fast", trouble: null);
        Assert.True(_tracker.TryAsk(out _));
    }

    // facts 2.5, 2.25: no connection is the state of every device behind it, also of those that were not asked.
    [Fact]
    public void A_connection_that_is_down_is_told_for_each_device_and_tried_by_one()
    {
        DeviceStatusTracker neighbour = Tracker("chiller-2");
        neighbour.Answered("fast", trouble: null);
        Assert.True(_tracker.TryAsk(out AskPermit permit));
        _tracker.NotAnswered(permit, "cannot connect: ConnectionRefused", isConnectionDown: true);
        Assert.False(neighbour.TryAsk(out _));
        Assert.Equal(_tracker.Current with { Source = "chiller-2" }, neighbour.Current);
        Assert.Equal((DeviceState.Offline, 1, "cannot connect: ConnectionRefused"), (neighbour.Current.State, neighbour.Current.ConsecutiveFailures, neighbour.Current.Reason));

        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(neighbour.TryAsk(out _));
        Assert.False(_tracker.TryAsk(out _));
        neighbour.Answered("fast", trouble: null);
        Assert.True(_tracker.TryAsk(out _));
    }

    [Fact]
    public void A_silent_device_does_not_hold_up_its_neighbours_on_the_connection()
    {
        DeviceStatusTracker neighbour = Tracker("chiller-2");
        FailToAnswer("timeout");
        Assert.False(_tracker.TryAsk(out _));
        Assert.True(neighbour.TryAsk(out _));
    }

    [Fact]
    public void A_device_that_is_itself_left_alone_does_not_use_up_the_probe_of_its_connection()
    {
        FailToAnswer("timeout");
        DeviceStatusTracker neighbour = Tracker("chiller-2");
        Assert.True(neighbour.TryAsk(out AskPermit permit));
        neighbour.NotAnswered(permit, "cannot connect", isConnectionDown: true);
        _time.Advance(TimeSpan.FromSeconds(0.5) - TimeSpan.FromTicks(1));
        FailToAnswerIfAsked();
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(neighbour.TryAsk(out AskPermit probe));
        neighbour.Withdraw(probe);
        Assert.True(_tracker.TryAsk(out _));
    }

    [Fact]
    public void Failures_since_and_next_retry_are_told()
    {
        FailToAnswer("timeout");
        _time.Advance(TimeSpan.FromSeconds(3));
        FailToAnswer("connection refused");
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
        FailToAnswer("timeout");
        _tracker.Stop("ordered stop");
        Assert.Equal("Starting, Online, Degraded, Offline, Stopped", States);
        Assert.All(_changes, change => MessageSchema.Validate(TelemetryMessage.Of(change)));
    }

    private ProbeGate Gate() => new(new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => 0.5), _time);

    private DeviceStatusTracker Tracker(string source) => new(
        new DeviceStatus(source, "modbus-tcp", "01JD3S00000000000000000000", DeviceState.Starting, _time.GetUtcNow()),
        _connection,
        Gate(),
        _time,
        _changes.Add);

    private void FailToAnswer(string reason)
    {
        Assert.True(_tracker.TryAsk(out AskPermit permit));
        _tracker.NotAnswered(permit, reason, isConnectionDown: false);
    }

    private void FailToAnswerIfAsked()
    {
        if (_tracker.TryAsk(out AskPermit permit))
        {
            _tracker.NotAnswered(permit, "timeout", isConnectionDown: false);
        }
    }
}
