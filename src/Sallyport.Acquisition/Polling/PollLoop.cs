using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Tracing;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Polling;

/// <summary>Polls one group of one device at a fixed rate. A slow poll delays the next one, it never overlaps it.</summary>
/// <param name="source">The device, as in its frames.</param>
/// <param name="plan">What is polled.</param>
/// <param name="reader">Reads it.</param>
/// <param name="status">Gives leave to ask the device, and is told of the outcome.</param>
/// <param name="frames">Numbers the frames.</param>
/// <param name="outbox">Where they go.</param>
/// <param name="metrics">Counts polls.</param>
/// <param name="traces">Follows polls and their frames.</param>
/// <param name="random">0 up to but not including 1: where in the first interval the first poll is.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of polls that are too slow.</param>
public sealed partial class PollLoop(
    string source,
    IGroupPlan plan,
    IGroupReader reader,
    DeviceStatusTracker status,
    FrameSequence frames,
    Outbox outbox,
    AcquisitionMetrics metrics,
    AcquisitionTraces traces,
    Func<double> random,
    TimeProvider time,
    ILogger<PollLoop> logger)
{
    private readonly ChangeReport _report = new(
        plan.Report, plan.Interval, plan.Report.IsOnChange ? plan.Deadbands : []);
    private string _configurationHash = "";
    private string _reportedHash = "";
    private bool _isSilenceTold;
    private long _polls;

    /// <summary>Hash of the configuration that the frames are made under. Changes when a plan comes that leaves this loop as it is.</summary>
    public string ConfigurationHash
    {
        get => Volatile.Read(ref _configurationHash);
        set => Volatile.Write(ref _configurationHash, value);
    }

    /// <summary>Polls that ended so far.</summary>
    public long Polls => Interlocked.Read(ref _polls);

    /// <summary>How many requests a poll takes now.</summary>
    public int RequestCount => reader.RequestCount;

    /// <summary>What the device taught about the points of the group.</summary>
    public LearnedState Learned => reader.Learned;

    /// <summary>Polls until told to stop. A poll that has begun to read is finished and its frames are in the outbox when this returns.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var clock = new PollClock(plan.Interval, random, time);
        try
        {
            while (true)
            {
                long passed = await clock.WaitAsync(stop);
                if (passed > 0)
                {
                    metrics.Overran(passed);
                    LogOverrun(source, plan.Group, passed);
                }

                if (status.TryAsk(out AskPermit permit))
                {
                    await PollOnceAsync(permit, clock.Due, stop);
                }
                else
                {
                    LeaveOut(clock.Due);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop before anything was read.
        }
    }

    private async ValueTask PollOnceAsync(AskPermit permit, TimeSpan due, CancellationToken stop)
    {
        long started = time.GetTimestamp();
        Activity? poll = traces.Poll(source, plan.Group);
        PollResult result;
        try
        {
            result = await reader.ReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            status.Withdraw(permit);
            poll.End(AcquisitionTraces.Withdrawn);
            throw;
        }

        _isSilenceTold = result.Silence is not null;
        Report(result.Points.AsSpan(), result.Timestamp, due, isSilent: result.Silence is not null, poll);
        AcquisitionTraces.Polled(poll, reader.RequestCount, result);
        if (result.Silence is null)
        {
            status.Answered(plan.Group, result.Trouble);
        }
        else
        {
            status.NotAnswered(permit, result.Silence, result.IsConnectionDown);
        }

        Interlocked.Increment(ref _polls);
        metrics.Polled(time.GetElapsedTime(started), result.BadCount);
    }

    // The values of before must not stand as good because another group or device was the one that met the silence: once per outage they are told to be bad.
    private void LeaveOut(TimeSpan due)
    {
        DeviceStatus current = status.Current;
        if (_isSilenceTold || current is not { State: DeviceState.Offline, Reason: { } reason })
        {
            metrics.PollSkipped(badPoints: 0);
            return;
        }

        _isSilenceTold = true;
        Activity? poll = traces.Poll(source, plan.Group);
        ImmutableArray<Point> points = reader.LeaveOut(reason);
        Report(points.AsSpan(), time.GetUtcNow(), due, isSilent: true, poll);
        AcquisitionTraces.NotCarriedOut(poll, points.Length);
        metrics.PollSkipped(points.Length);
    }

    private void Report(ReadOnlySpan<Point> points, DateTimeOffset timestamp, TimeSpan due, bool isSilent, Activity? poll)
    {
        string hash = ConfigurationHash;
        if (!string.Equals(hash, _reportedHash, StringComparison.Ordinal))
        {
            _report.RequireKey();
            _reportedHash = hash;
        }

        if (_report.TrySelect(points, due, isSilent, out FrameKind kind, out ReadOnlySpan<Point> selected))
        {
            foreach (OutboxEntry entry in frames.Assemble(kind, timestamp, selected, hash))
            {
                outbox.Add(traces.Frame(entry, kind, poll));
                metrics.FrameMade(source);
            }
        }
    }

    [LoggerMessage(1200, LogLevel.Debug, "A poll of {Group} of {Device} was too slow: {DueTimes} due times passed")]
    private partial void LogOverrun(string device, string group, long dueTimes);
}
