using Microsoft.Extensions.Logging;
using Sallyport.Acquisition;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Publishing;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Polling;

/// <summary>Puts together what the polling of a unit is made of.</summary>
internal sealed partial class PolledUnitFactory(
    FrameAssembler assembler,
    ReaderOutboxes outboxes,
    AcquisitionMetrics metrics,
    ReadingMetrics readingMetrics,
    TimeProvider time,
    ILoggerFactory logs)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logs.CreateLogger<PolledUnitFactory>();

    /// <summary>A unit that nothing is known about; its status message announces the session.</summary>
    public PolledUnit CreateUnit(UnitPlan plan)
    {
        var status = new DeviceStatusTracker(
            plan.Name,
            plan.Connection.Endpoint.Protocol,
            assembler.Session,
            new BackOff(FirstRetry, LongestRetry, Jitter.Next),
            time,
            Tell);
        return new PolledUnit(plan, status);
    }

    /// <summary>Sends what does not change from frame to frame.</summary>
    public void Describe(UnitPlan plan, string configurationHash) =>
        outboxes.Status.Add(new OutboxEntry(TelemetryMessage.Of(UnitMetadata.Of(plan, assembler, configurationHash))));

    /// <summary>A loop that has not begun.</summary>
    public PollLoop CreateLoop(PolledUnit unit, PollPlan plan, IModbusMaster master, string configurationHash)
    {
        var reader = new GroupReader(unit.Plan, plan, master, readingMetrics, time, Jitter.Next, logs.CreateLogger<GroupReader>());
        return new PollLoop(
            unit.Plan, plan, reader, unit.Status, assembler, outboxes.Telemetry, metrics, time, logs.CreateLogger<PollLoop>())
        {
            ConfigurationHash = configurationHash,
        };
    }

    private void Tell(DeviceStatus change)
    {
        outboxes.Status.Add(new OutboxEntry(TelemetryMessage.Of(change)));
        if (change.State is DeviceState.Offline or DeviceState.Degraded)
        {
            LogUnwell(change.Source, change.State, change.Reason);
        }
        else
        {
            LogChanged(change.Source, change.State);
        }
    }

    [LoggerMessage(1220, LogLevel.Information, "Unit {Unit} is {State}")]
    private partial void LogChanged(string unit, DeviceState state);

    [LoggerMessage(1221, LogLevel.Warning, "Unit {Unit} is {State}: {Reason}")]
    private partial void LogUnwell(string unit, DeviceState state, string? reason);
}
