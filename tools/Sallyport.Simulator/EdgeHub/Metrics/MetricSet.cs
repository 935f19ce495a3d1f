using System.Globalization;
using System.Text;

namespace Sallyport.Simulator.EdgeHub.Metrics;

/// <summary>Counters and gauges with labels, written as Prometheus text. Safe to use from any thread.</summary>
/// <param name="common">Labels of every series.</param>
/// <remarks>Prometheus text exposition format 0.0.4.</remarks>
internal sealed class MetricSet(IReadOnlyList<KeyValuePair<string, string>> common)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (string Type, SortedDictionary<string, double> Series)> _metrics =
        new(StringComparer.Ordinal);

    /// <summary>Raises a counter; it exists from its first use on, as in edgeHub.</summary>
    public void Add(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Change(name, "counter", labels, old => old + value);

    public void Set(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels) =>
        Change(name, "gauge", labels, _ => value);

    public string Render()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach ((string name, (string type, SortedDictionary<string, double> series)) in _metrics)
            {
                _ = text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
                foreach ((string labels, double value) in series)
                {
                    _ = text.Append(name).Append(labels).Append(' ')
                        .Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static void AppendLabel(StringBuilder text, string name, string value)
    {
        string escaped = value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
        _ = text.Append(text.Length == 0 ? '{' : ',').Append(name).Append("=\"").Append(escaped).Append('"');
    }

    private void Change(
        string name, string type, ReadOnlySpan<(string Name, string Value)> labels, Func<double, double> change)
    {
        var text = new StringBuilder();
        foreach ((string label, string value) in common)
        {
            AppendLabel(text, label, value);
        }

        foreach ((string label, string value) in labels)
        {
            AppendLabel(text, label, value);
        }

        string key = text.Append('}').ToString();
        lock (_gate)
        {
            if (!_metrics.TryGetValue(name, out (string Type, SortedDictionary<string, double> Series) metric))
            {
                metric = (type, new SortedDictionary<string, double>(StringComparer.Ordinal));
                _metrics[name] = metric;
            }

            metric.Series[key] = change(metric.Series.GetValueOrDefault(key));
        }
    }
}
