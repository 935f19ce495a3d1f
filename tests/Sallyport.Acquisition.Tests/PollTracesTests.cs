using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Acquisition.Polling;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

/// <summary>What the span of a poll says when the device does not answer.</summary>
public sealed class PollTracesTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly TestMeters _meters = new();
    private readonly AcquisitionTraces _traces = new();
    private readonly Outbox _outbox;
    private readonly DeviceStatusTracker _status;

    public PollTracesTests()
    {
        _outbox = new Outbox("telemetry", capacityInBytes: 1_000_000, new AcquisitionMetrics(_meters));
        _status = new DeviceStatusTracker(
            new DeviceStatus("chiller-1", "modbus-tcp", "01JD3S00000000000000000000", DeviceState.Starting, _time.GetUtcNow()), Gate(), Gate(), _time, _ => { });
    }

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_poll_that_meets_silence_says_so_and_so_does_one_that_is_left_out_because_of_it()
    {
        using var heard = new SpanListener(_traces.Source);
        await PollOnceAsync("fast");
        Assert.Equal(DeviceState.Offline, _status.Current.State);
        await PollOnceAsync("slow");
        Assert.Equal(
            [
                "sallyport.source=chiller-1, sallyport.group=fast, sallyport.requests=2, sallyport.points=1, sallyport.bad_points=1, sallyport.outcome=silent",
                "sallyport.source=chiller-1, sallyport.group=slow, sallyport.requests=0, sallyport.points=1, sallyport.bad_points=1, sallyport.outcome=left-out",
            ],
            heard.Ended.Select(span => string.Join(", ", span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))));
        Assert.All(heard.Ended, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        foreach (Activity poll in heard.Ended)
        {
            Assert.True(_outbox.TryTake(out OutboxEntry? entry));
            Assert.True(TraceParent.TryRead(entry.Message.Properties, out ActivityContext frame));
            Assert.Equal(poll.TraceId, frame.TraceId);
        }
    }

    private ProbeGate Gate() => new(new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => 0.5), _time);

    // The first poll is due at once and takes no time; the second never comes.
    private async Task PollOnceAsync(string group)
    {
        using var stop = new CancellationTokenSource();
        var loop = new PollLoop(
            "chiller-1",
            new Group(group),
            new SilentReader(),
            _status,
            new FrameAssembler("01JD3S00000000000000000000").SequenceOf("chiller-1", "modbus-tcp", group),
            _outbox,
            new AcquisitionMetrics(_meters),
            _traces,
            () => 0,
            _time,
            NullLogger<PollLoop>.Instance);
        Task running = loop.RunAsync(stop.Token);
        await stop.CancelAsync();
        await running;
    }

    private sealed record Group(string Name) : IGroupPlan
    {
        string IGroupPlan.Group => Name;

        public TimeSpan Interval => TimeSpan.FromSeconds(1);

        public ReportPlan Report => ReportPlan.EveryPoll;

        public int PointCount => 1;

        public ImmutableArray<Deadband> Deadbands => [];
    }

    private sealed class SilentReader : IGroupReader
    {
        public int RequestCount => 2;

        public LearnedState Learned => LearnedState.None;

        public ValueTask<PollResult> ReadAsync(CancellationToken stop) =>
            ValueTask.FromResult(new PollResult(LeaveOut("timeout"), DateTimeOffset.UnixEpoch, Silence: "timeout", Trouble: null, BadCount: 1));

        public ImmutableArray<Point> LeaveOut(string reason) => [Point.Bad("a", StatusCode.BadTimeout, reason)];
    }
}
