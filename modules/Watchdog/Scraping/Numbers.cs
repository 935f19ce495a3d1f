using System.Collections.Immutable;
using Sallyport.Hosting.Scraping;

namespace Sallyport.Watchdog.Scraping;

/// <summary>What is wanted of one page of metrics.</summary>
/// <param name="samples">In the order of the page.</param>
internal sealed class Numbers(ImmutableArray<MetricSample> samples)
{
    private readonly ILookup<string, MetricSample> _byName = samples.ToLookup(sample => sample.Name, StringComparer.Ordinal);

    /// <summary>In the order of the page.</summary>
    public ImmutableArray<MetricSample> Samples => samples;

    /// <summary><c>instance_number</c>: new at each start. Empty if no sample has it.</summary>
    public string Instance { get; } =
        samples.Select(sample => sample.Labels.GetValueOrDefault("instance_number", "")).FirstOrDefault(instance => instance.Length > 0) ?? "";

    /// <summary>All samples of a metric.</summary>
    public IEnumerable<MetricSample> Of(string name) => _byName[name];

    /// <summary>Those of a metric that have a label with a value.</summary>
    public IEnumerable<MetricSample> Of(string name, string label, string value) =>
        _byName[name].Where(sample => string.Equals(Label(sample, label), value, StringComparison.Ordinal));

    /// <summary>The sum of a metric's samples; null if there are none that are finite.</summary>
    public double? Sum(string name) => Sum(_byName[name]);

    /// <summary>The sum of those that have a label with a value; null if there are none that are finite.</summary>
    public double? Sum(string name, string label, string value) => Sum(Of(name, label, value));

    /// <summary>The labels of a metric's samples whose value is 1: the states that something is in.</summary>
    public IEnumerable<string> States(string name) => _byName[name].Where(sample => sample.Value is 1).Select(sample => Label(sample, "state"));

    public static string Label(MetricSample sample, string name) => sample.Labels.GetValueOrDefault(name, "");

    private static double? Sum(IEnumerable<MetricSample> found)
    {
        double? sum = null;
        foreach (MetricSample sample in found)
        {
            sum = double.IsFinite(sample.Value) ? (sum ?? 0) + sample.Value : sum;
        }

        return sum;
    }
}
