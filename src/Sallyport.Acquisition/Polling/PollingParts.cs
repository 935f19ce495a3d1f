using Microsoft.Extensions.Logging;
using Sallyport.Acquisition.Publishing;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Polling;

/// <summary>Puts together what the polling of every device is made of, whatever its protocol.</summary>
/// <param name="assembler">Numbers frames.</param>
/// <param name="outboxes">Where frames and status go.</param>
/// <param name="metrics">Counts polls.</param>
/// <param name="traces">Follows polls and their frames.</param>
/// <param name="random">0 up to but not including 1: spreads first polls and retries.</param>
/// <param name="time">The clock.</param>
/// <param name="logs">For the loops and for changes of state.</param>
public sealed partial class PollingParts(
    FrameAssembler assembler, ReaderOutboxes outboxes, AcquisitionMetrics metrics, AcquisitionTraces traces, Func<double> random, TimeProvider time,
    ILoggerFactory logs)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logs.CreateLogger<PollingParts>();

    /// <summary>What stands in front of a connection or a device.</summary>
    public ProbeGate CreateGate() => new(new BackOff(FirstRetry, LongestRetry, random), time);

    /// <summary>The state of a device that nothing is known about; its status message announces the session.</summary>
    /// <param name="source">The device.</param>
    /// <param name="protocol">How it is read.</param>
    /// <param name="connection">Shared by all devices behind the connection.</param>
    /// <param name="moved">Told of each change, in order. Must not block.</param>
    public DeviceStatusTracker CreateStatus(string source, string protocol, ProbeGate connection, Action<DeviceState> moved) => new(
        new DeviceStatus(source, protocol, assembler.Session, DeviceState.Starting, time.GetUtcNow()),
        connection,
        CreateGate(),
        time,
        change =>
        {
            Tell(change);
            moved(change.State);
        });

    /// <summary>What is told of a device besides frames.</summary>
    /// <typeparam name="TSource">What the plan says of it.</typeparam>
    /// <param name="describe">What consumers must know about its points, made from the plan and the hash of its configuration.</param>
    public DeviceDescription<TSource> CreateDescription<TSource>(Func<TSource, string, DeviceMetadata> describe)
        where TSource : class => new(outboxes.Status, describe);

    /// <summary>A loop that has not begun.</summary>
    internal PollLoop CreateLoop(string source, string protocol, IGroupPlan group, IGroupReader reader, DeviceStatusTracker status, string configurationHash) =>
        new(
            source,
            group,
            reader,
            status,
            assembler.SequenceOf(source, protocol, group.Group),
            outboxes.Telemetry,
            metrics,
            traces,
            random,
            time,
            logs.CreateLogger<PollLoop>())
        {
            ConfigurationHash = configurationHash,
        };

    /// <summary>When the last metadata were made, memory can be given back.</summary>
    internal void OnDescribed(Action act) => outboxes.Status.Described = act;

    private void Tell(DeviceStatus change)
    {
        metrics.DeviceMoved(change);
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

    [LoggerMessage(1220, LogLevel.Information, "Device {Device} is {State}")]
    private partial void LogChanged(string device, DeviceState state);

    [LoggerMessage(1221, LogLevel.Warning, "Device {Device} is {State}: {Reason}")]
    private partial void LogUnwell(string device, DeviceState state, string? reason);
}
