namespace Sallyport.Acquisition.Publishing;

/// <summary>The two ways out of the reader, each with its own limit: a flood of frames cannot crowd out the status.</summary>
/// <param name="metrics">Counts what waits and what is lost.</param>
public sealed class ReaderOutboxes(AcquisitionMetrics metrics)
{
    private const int TelemetryCapacityInBytes = 8 * 1024 * 1024;
    // A thousand devices that start, fall silent and come back while nobody takes the messages; metadata do not count.
    private const int StatusCapacityInBytes = 4 * 1024 * 1024;

    /// <summary>Frames, to output <c>telemetry</c>.</summary>
    public Outbox Telemetry { get; } = new("telemetry", TelemetryCapacityInBytes, metrics);

    /// <summary>Status and metadata, to output <c>status</c>.</summary>
    public Outbox Status { get; } = new("status", StatusCapacityInBytes, metrics);
}
