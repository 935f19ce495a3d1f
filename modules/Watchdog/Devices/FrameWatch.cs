using Sallyport.Hosting.Scraping;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Devices;

/// <summary>Whether there are frames of each device that its reader has on line. One caller.</summary>
internal sealed class FrameWatch
{
    private readonly Dictionary<string, (Growth Frames, TimeSpan Last)> _devices = new(StringComparer.Ordinal);

    /// <summary>Judges one page of a reader.</summary>
    /// <param name="now">On the clock that nobody sets.</param>
    /// <param name="reader">Its name.</param>
    /// <param name="numbers">Its page.</param>
    /// <param name="online">Devices that it has on line. The others have nothing to send.</param>
    /// <param name="plan">How long is too long.</param>
    public IEnumerable<Finding> Judge(TimeSpan now, string reader, Numbers numbers, IReadOnlySet<string> online, DeliveryPlan plan)
    {
        foreach (var gone in _devices.Keys.Where(source => !online.Contains(source)).ToArray())
        {
            _ = _devices.Remove(gone);
        }

        var findings = new List<Finding>();
        foreach (MetricSample sample in numbers.Of(WantedMetric.DeviceFrames))
        {
            var source = Numbers.Label(sample, "source");
            if (online.Contains(source) && now - LastFrame(now, source, numbers.Instance, sample.Value) >= plan.SilentAfter)
            {
                findings.Add(new Finding(
                    $"device/{source}/silent",
                    EventSeverity.High,
                    $"{source} is on line and there are no frames of it.",
                    $"Run 'iotedge logs {reader}' on the gateway; compare the intervals of its plan with delivery/silentAfterMs.",
                    TimeSpan.Zero));
            }
        }

        return findings;
    }

    private TimeSpan LastFrame(TimeSpan now, string source, string instance, double frames)
    {
        (Growth Frames, TimeSpan Last) device = _devices.TryGetValue(source, out (Growth Frames, TimeSpan Last) known) ? known : (new Growth(), now);
        device.Last = device.Frames.Observe(instance, frames) > 0 ? now : device.Last;
        _devices[source] = device;
        return device.Last;
    }
}
