using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>What every reader counts.</summary>
public sealed class AcquisitionMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Sallyport.Acquisition";

    private const string OutputTag = "output";

    private readonly Counter<long> _polls;
    private readonly Counter<long> _overruns;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _badPoints;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _published;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _retries;
    private readonly UpDownCounter<long> _depth;
    private readonly UpDownCounter<long> _size;
    private readonly Counter<long> _clockSteps;
    private readonly ConcurrentDictionary<string, DeviceState> _devices = new(StringComparer.Ordinal);

    /// <summary>Creates the instruments.</summary>
    public AcquisitionMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(MeterName);
        _polls = meter.CreateCounter<long>("sallyport.poll.polls", unit: "{poll}", description: "Polls of a group of a device that were carried out.");
        _overruns = meter.CreateCounter<long>(
            "sallyport.poll.overruns", unit: "{interval}", description: "Due times of a group that passed while its poll before was still running.");
        _skipped = meter.CreateCounter<long>(
            "sallyport.poll.skipped", unit: "{poll}", description: "Polls that were not carried out because the device had not answered and is given time.");
        _badPoints = meter.CreateCounter<long>("sallyport.poll.bad_points", unit: "{point}", description: "Points of frames that have no good value.");
        _duration = meter.CreateHistogram<double>("sallyport.poll.duration", unit: "s", description: "Time that a poll of a group of a device took.");
        _dropped = meter.CreateCounter<long>(
            "sallyport.outbox.dropped", unit: "{message}", description: "Messages lost in the reader: the outbox was full, the message too large, or the module ended.");
        _published = meter.CreateCounter<long>("sallyport.outbox.published", unit: "{message}", description: "Messages that edgeHub acknowledged.");
        _frames = meter.CreateCounter<long>("sallyport.device.frames", unit: "{frame}", description: "Frames of a device that were made and handed over to be sent.");
        _retries = meter.CreateCounter<long>("sallyport.outbox.retries", unit: "{attempt}", description: "Attempts to send that ended without an acknowledgement.");
        _depth = meter.CreateUpDownCounter<long>("sallyport.outbox.depth", unit: "{message}", description: "Messages that wait for edgeHub.");
        _size = meter.CreateUpDownCounter<long>("sallyport.outbox.size", unit: "By", description: "Memory that these messages take.");
        _clockSteps = meter.CreateCounter<long>("sallyport.clock.steps", unit: "{step}", description: "Times that the clock of the host was set to another time.");
        meter.CreateObservableGauge(
            "sallyport.device.state", ReadDevices, unit: "{devices}", description: "1 for the state that a device is in; the others are left out.");
        _polls.Add(0);
        _overruns.Add(0);
        _skipped.Add(0);
        _badPoints.Add(0);
        _clockSteps.Add(0);
    }

    /// <summary>A poll ended.</summary>
    public void Polled(TimeSpan duration, int badPoints)
    {
        _polls.Add(1);
        _badPoints.Add(badPoints);
        _duration.Record(duration.TotalSeconds);
    }

    /// <summary>Due times passed during a poll.</summary>
    public void Overran(long dueTimes) => _overruns.Add(dueTimes);

    /// <summary>A poll was not carried out.</summary>
    /// <param name="badPoints">How many points were told to be bad because of it.</param>
    public void PollSkipped(int badPoints)
    {
        _skipped.Add(1);
        _badPoints.Add(badPoints);
    }

    /// <summary>A frame is in the outbox.</summary>
    internal void FrameMade(string source) => _frames.Add(1, SourceTag(source));

    internal void DeviceMoved(DeviceStatus change)
    {
        if (change.State is DeviceState.Stopped)
        {
            _ = _devices.TryRemove(change.Source, out _);
        }
        else
        {
            _devices[change.Source] = change.State;
            _frames.Add(0, SourceTag(change.Source));
        }
    }

    internal void ClockStepped() => _clockSteps.Add(1);

    internal void OutboxCreated(string output)
    {
        Dropped(output, count: 0);
        _published.Add(0, Tags(output));
        _retries.Add(0, Tags(output));
        OutboxChanged(output, messages: 0, sizeInBytes: 0);
    }

    internal void OutboxChanged(string output, int messages, int sizeInBytes)
    {
        _depth.Add(messages, Tags(output));
        _size.Add(sizeInBytes, Tags(output));
    }

    internal void Dropped(string output, int count) => _dropped.Add(count, Tags(output));

    internal void Published(string output) => _published.Add(1, Tags(output));

    internal void Retried(string output) => _retries.Add(1, Tags(output));

    private IEnumerable<Measurement<int>> ReadDevices() =>
        _devices.Select(device => new Measurement<int>(1, new("source", device.Key), new("state", WordFor(device.Value))));

    private static string WordFor(DeviceState state) => state switch
    {
        DeviceState.Starting => "starting",
        DeviceState.Online => "online",
        DeviceState.Degraded => "degraded",
        _ => "offline",
    };

    private static KeyValuePair<string, object?> SourceTag(string source) => new("source", source);

    private static TagList Tags(string output) => new() { { OutputTag, output } };
}
