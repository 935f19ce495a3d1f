using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Simulator.Tests.Brokers;

/// <summary>Series of a Prometheus page.</summary>
internal sealed partial class PrometheusText
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _series = [];

    /// <summary>Reads a page; a line that is none fails the test.</summary>
    public static PrometheusText Parse(string page)
    {
        var text = new PrometheusText();
        foreach (string line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            Match match = Line().Match(line);
            Assert.True(match.Success, line);
            var labels = Label().Matches(match.Groups["labels"].Value).ToDictionary(
                label => label.Groups["name"].Value, label => label.Groups["value"].Value, StringComparer.Ordinal);
            double value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
            text._series.Add((match.Groups["name"].Value, labels, value));
        }

        return text;
    }

    /// <summary>The value of the only series with these labels, whatever other labels it has; null if there is none.</summary>
    public double? Find(string name, params (string Name, string Value)[] labels)
    {
        var found = _series
            .Where(series => string.Equals(series.Name, name, StringComparison.Ordinal))
            .Where(series => labels.All(label =>
                series.Labels.TryGetValue(label.Name, out string? value) && string.Equals(value, label.Value, StringComparison.Ordinal)))
            .ToList();
        Assert.True(found.Count <= 1, $"{name} has {found.Count} such series.");
        return found.Count == 0 ? null : found[0].Value;
    }

    /// <summary>Names of the labels of all series of a metric.</summary>
    public IReadOnlyList<string> LabelNames(string name) =>
    [
        .. _series.Where(series => string.Equals(series.Name, name, StringComparison.Ordinal))
            .SelectMany(series => series.Labels.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\{(?<labels>.*)\} (?<value>\S+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(?:[^"\\]|\\.)*)",?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
