using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;
using Sallyport.Posture;

namespace Sallyport.Watchdog.Posture;

/// <summary>What the posture checks take from metrics pages.</summary>
internal static class PageFacts
{
    private const string TokenLeft = "sallyport_sas_remaining_seconds";
    private const string DeviceKey = "sallyport_buffer_device_key";
    private const string SteppedDown = "sallyport_buffer_device_key_step_down";
    private const string Storage = "sallyport_buffer_storage";
    private const string Capacity = "sallyport_buffer_capacity_bytes";

    /// <summary>The facts; those that no page has are left out.</summary>
    public static GatewayFacts Of(IReadOnlyList<MetricSample> samples)
    {
        double[] lives = [.. Named(samples, TokenLeft).Select(one => one.Value).Where(value => value is > 0 and < 1e9)];
        MetricSample[] keys = [.. Named(samples, DeviceKey).Where(IsOne)];
        MetricSample[] lanes = [.. Named(samples, Storage).Where(IsOne)];
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
        Named(samples, SteppedDown).Any(one => IsOne(one) && string.Equals(Label(one, "key"), Label(key, "key"), StringComparison.Ordinal)));

    private static LaneFact LaneOf(MetricSample lane, IReadOnlyList<MetricSample> samples) => new(
        Label(lane, "lane"),
        Label(lane, "state"),
        Named(samples, Capacity).FirstOrDefault(one => string.Equals(Label(one, "lane"), Label(lane, "lane"), StringComparison.Ordinal)) is { Value: >= 0 and < 1e18 } capacity
            ? (long)capacity.Value
            : null);

    private static IEnumerable<MetricSample> Named(IReadOnlyList<MetricSample> samples, string name) =>
        samples.Where(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    private static bool IsOne(MetricSample sample) => sample.Value is 1;

    private static string Label(MetricSample sample, string name) => sample.Labels.GetValueOrDefault(name, "");
}
