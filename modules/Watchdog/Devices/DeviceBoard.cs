using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Devices;

/// <summary>The controllers and meters: what readers tell when it changes, and what their metrics say at each look, so that a restart loses nothing.</summary>
/// <remarks>Guarded by one lock: messages come from the connection, looks from the loop.</remarks>
internal sealed partial class DeviceBoard(DeviceMetrics metrics, TimeProvider time, ILogger<DeviceBoard> logger)
{
    /// <summary>More are not shown: so many are no gateway's any more.</summary>
    public const int MostDevices = 2000;

    // A page may have been written just before a message came.
    private static readonly TimeSpan MessageWins = TimeSpan.FromSeconds(10);

    private static readonly (string Word, DeviceState State)[] States =
        [("starting", DeviceState.Starting), ("online", DeviceState.Online), ("degraded", DeviceState.Degraded), ("offline", DeviceState.Offline)];

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Reader, string Source), (FieldDeviceStatus Status, long? Told)> _devices = [];
    private bool _isFullTold;

    /// <summary>By source.</summary>
    public ImmutableArray<FieldDeviceStatus> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _devices.Values.Select(device => device.Status).OrderBy(device => device.Source, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>A reader tells of a change.</summary>
    public void Told(string reader, DeviceStatus status)
    {
        lock (_lock)
        {
            if (status.State is DeviceState.Stopped)
            {
                _ = _devices.Remove((reader, status.Source));
            }
            else if (HasRoom(reader, status.Source))
            {
                _devices[(reader, status.Source)] = (new FieldDeviceStatus(status.Source, reader, status.State, status.Since, status.Reason ?? ""), time.GetTimestamp());
            }
        }
    }

    /// <summary>What a reader's metrics say.</summary>
    public void Observe(string reader, Numbers numbers, DateTimeOffset at)
    {
        lock (_lock)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var sample in numbers.Of(WantedMetric.DeviceState).Where(sample => sample.Value is 1))
            {
                var source = Numbers.Label(sample, "source");
                DeviceState state = Array.Find(States, row => string.Equals(row.Word, Numbers.Label(sample, "state"), StringComparison.Ordinal)).State;
                _ = seen.Add(source);
                if (!_devices.TryGetValue((reader, source), out (FieldDeviceStatus Status, long? Told) known))
                {
                    known = HasRoom(reader, source) ? (new FieldDeviceStatus(source, reader, state, at, ""), null) : known;
                }
                else if (known.Status.State != state && !IsFresh(known.Told))
                {
                    known = (known.Status with { State = state, Since = at, Reason = "" }, null);
                }

                if (known.Status is not null)
                {
                    _devices[(reader, source)] = known;
                }
            }

            foreach (var gone in _devices.Where(device => string.Equals(device.Key.Reader, reader, StringComparison.Ordinal) && !seen.Contains(device.Key.Source) && !IsFresh(device.Value.Told)).Select(device => device.Key).ToArray())
            {
                _ = _devices.Remove(gone);
            }
        }
    }

    /// <summary>Which of a reader's devices are on line.</summary>
    public IReadOnlySet<string> Online(string reader)
    {
        lock (_lock)
        {
            return _devices
                .Where(device => string.Equals(device.Key.Reader, reader, StringComparison.Ordinal) && device.Value.Status.State is DeviceState.Online)
                .Select(device => device.Key.Source).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>What is wrong with devices.</summary>
    public static IEnumerable<Finding> FindingsOf(IEnumerable<FieldDeviceStatus> devices, DeliveryPlan plan) => devices
        .Where(device => device.State is DeviceState.Offline)
        .Select(device => new Finding(
            $"device/{device.Source}/offline",
            EventSeverity.High,
            $"{device.Source} does not answer{(device.Reason.Length > 0 ? $": {device.Reason}" : "")}.",
            $"Look at the controller, its network and its address in the plan of {device.Reader}.",
            plan.DeviceOfflineAfter));

    private bool HasRoom(string reader, string source)
    {
        if (_devices.Count < MostDevices || _devices.ContainsKey((reader, source)))
        {
            return true;
        }

        metrics.LeftOut();
        if (!_isFullTold)
        {
            _isFullTold = true;
            LogFull(source, reader, MostDevices);
        }

        return false;
    }

    private bool IsFresh(long? told) => told is { } at && time.GetElapsedTime(at) < MessageWins;

    [LoggerMessage(7012, LogLevel.Warning, "{Device} of {Reader} is not watched, and neither are others beyond {Most} devices: their outages are no alarms here")]
    private partial void LogFull(string device, string reader, int most);
}
