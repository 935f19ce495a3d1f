using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Polls one group of one unit at a fixed rate. A slow poll delays the next one, it never overlaps it.</summary>
internal sealed partial class PollLoop(
    UnitPlan unit,
    PollPlan plan,
    GroupReader reader,
    DeviceStatusTracker status,
    FrameAssembler assembler,
    Outbox outbox,
    AcquisitionMetrics metrics,
    TimeProvider time,
    ILogger<PollLoop> logger)
{
    private string _configurationHash = "";
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

    /// <summary>What the device taught about the addresses of the group.</summary>
    public LearnedState Learned => reader.Learned;

    /// <summary>Polls until told to stop. A poll that has begun to read is finished and its frames are in the outbox when this returns.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var clock = new PollClock(plan.Interval, time);
        try
        {
            while (true)
            {
                long passed = await clock.WaitAsync(stop);
                if (passed > 0)
                {
                    metrics.Overran(passed);
                    LogOverrun(unit.Name, plan.Group, passed);
                }

                if (status.MayAsk())
                {
                    await PollOnceAsync(stop);
                }
                else
                {
                    metrics.PollSkipped();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop before anything was read.
        }
    }

    private async ValueTask PollOnceAsync(CancellationToken stop)
    {
        long started = time.GetTimestamp();
        PollResult result = await reader.ReadAsync(stop);
        foreach (OutboxEntry entry in Frames(result))
        {
            outbox.Add(entry);
        }

        if (result.Silence is null)
        {
            status.Answered(plan.Group, result.Trouble);
        }
        else
        {
            status.NotAnswered(result.Silence);
        }

        Interlocked.Increment(ref _polls);
        metrics.Polled(time.GetElapsedTime(started), result.BadCount);
    }

    private ImmutableArray<OutboxEntry> Frames(PollResult result) => assembler.Assemble(
        unit.Name, unit.Connection.Endpoint.Protocol, plan.Group, result.Timestamp, result.Points, ConfigurationHash);

    [LoggerMessage(1200, LogLevel.Debug, "A poll of {Group} of {Unit} was too slow: {DueTimes} due times passed")]
    private partial void LogOverrun(string unit, string group, long dueTimes);
}
