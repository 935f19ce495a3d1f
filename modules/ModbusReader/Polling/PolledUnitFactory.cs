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
    Func<double> random,
    TimeProvider time,
    ILoggerFactory logs)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logs.CreateLogger<PolledUnitFactory>();

    /// <summary>What stands in front of a connection or a unit.</summary>
    public ProbeGate CreateGate() => new(new BackOff(FirstRetry, LongestRetry, random), time);

    /// <summary>A unit that nothing is known about; its status message announces the session.</summary>
    /// <param name="plan">The unit.</param>
    /// <param name="connection">Shared by all units behind the connection.</param>
    /// <param name="master">Reads over the connection.</param>
    public PolledUnit CreateUnit(UnitPlan plan, ProbeGate connection, IModbusMaster master)
    {
        var description = new UnitDescription(outboxes.Status, assembler);
        var identification = new UnitIdentification(
            plan, master, description.Identify, readingMetrics, logs.CreateLogger<UnitIdentification>());
        var first = new DeviceStatus(plan.Name, plan.Connection.Endpoint.Protocol, assembler.Session, DeviceState.Starting, time.GetUtcNow());
        var status = new DeviceStatusTracker(
            first,
            connection,
            CreateGate(),
            time,
            change =>
            {
                Tell(change);
                identification.Moved(change.State);
            });
        return new PolledUnit(plan, status, description, identification);
    }

    /// <summary>A loop that has not begun.</summary>
    public PollLoop CreateLoop(PolledUnit unit, PollPlan plan, IModbusMaster master, string configurationHash)
    {
        var reader = new GroupReader(unit.Plan, plan, master, readingMetrics, time, random, logs.CreateLogger<GroupReader>());
        FrameSequence frames = assembler.SequenceOf(unit.Plan.Name, unit.Plan.Connection.Endpoint.Protocol, plan.Group);
        return new PollLoop(
            unit.Plan, plan, reader, unit.Status, frames, outboxes.Telemetry, metrics, random, time, logs.CreateLogger<PollLoop>())
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
