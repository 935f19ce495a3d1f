using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;
using Sallyport.Posture;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Posture;

/// <summary>What the posture checks take from metrics pages.</summary>
internal static class PageFacts
{
    /// <summary>The facts; those that no page has are left out.</summary>
    public static GatewayFacts Of(IReadOnlyList<MetricSample> samples)
    {
        double[] lives = [.. Named(samples, WantedMetric.SasRemaining).Select(one => one.Value).Where(value => value is > 0 and < 1e9)];
        MetricSample[] keys = [.. Named(samples, WantedMetric.BufferDeviceKey).Where(IsOne)];
        MetricSample[] lanes = [.. Named(samples, WantedMetric.BufferStorage).Where(IsOne)];
        return new GatewayFacts
        {
            LongestTokenLife = lives.Length is 0 ? null : TimeSpan.FromSeconds(lives.Max()),
            DeviceKeys = keys.Length is 0 ? null : [.. keys.Select(key => KeyOf(key, samples))],
            Lanes = lanes.Length is 0 ? null : [.. lanes.Select(lane => LaneOf(lane, samples))],
        };
    }

    private static DeviceKeyFact KeyOf(MetricSample key, IReadOnlyList<MetricSample> samples) => new(
        Label(key, "key"),
        Label(key, "protection"),
        Named(samples, WantedMetric.BufferKeyStepDown).Any(one => IsOne(one) && string.Equals(Label(one, "key"), Label(key, "key"), StringComparison.Ordinal)));

    private static LaneFact LaneOf(MetricSample lane, IReadOnlyList<MetricSample> samples) => new(
        Label(lane, "lane"),
        Label(lane, "state"),
        Named(samples, WantedMetric.BufferCapacity).FirstOrDefault(one => string.Equals(Label(one, "lane"), Label(lane, "lane"), StringComparison.Ordinal)) is { Value: >= 0 and < 1e18 } capacity
            ? (long)capacity.Value
            : null);

    private static IEnumerable<MetricSample> Named(IReadOnlyList<MetricSample> samples, string name) =>
        samples.Where(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    private static bool IsOne(MetricSample sample) => sample.Value is 1;

    private static string Label(MetricSample sample, string name) => sample.Labels.GetValueOrDefault(name, "");
}
