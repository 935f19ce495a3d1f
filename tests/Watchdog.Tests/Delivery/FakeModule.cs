using System.Globalization;
using System.Text;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>A module, edgeHub or edgeAgent as others see it: a page of metrics, in the form that the real ones have, and a health report.</summary>
internal sealed class FakeModule(string name)
{
    private readonly SortedDictionary<string, double> _samples = new(StringComparer.Ordinal);
    private string? _page;

    public string Name { get; } = name;

    /// <summary>Refuses connections while false.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>New at each start.</summary>
    public int Instance { get; private set; } = 1;

    public string Health { get; set; } = """{"status":"healthy","reason":""}""";

    /// <summary>In place of its metrics; null for these.</summary>
    public string? PageInstead { get; set; }

    public double this[string series]
    {
        get => _samples.GetValueOrDefault(series);
        set => (_samples[series], _page) = (value, null);
    }

    /// <summary>Its counters begin anew.</summary>
    public void Restart()
    {
        Instance++;
        _page = null;
        foreach (var series in _samples.Keys.Where(series => series.Contains("_total", StringComparison.Ordinal)).ToArray())
        {
            _samples[series] = 0;
        }
    }

    public bool Has(string series) => _samples.ContainsKey(series);

    public void Remove(string series)
    {
        _ = _samples.Remove(series);
        _page = null;
    }

    public string Page() => _page ??= Write();

    private string Write()
    {
        var page = new StringBuilder();
        foreach ((var series, var value) in _samples)
        {
            var brace = series.IndexOf('{', StringComparison.Ordinal);
            (var metric, var labels) = brace < 0 ? (series, "") : (series[..brace], $",{series[(brace + 1)..^1]}");

            // The Edge runtime names the module that a number is about, ours the one that tells it.
            var own = labels.Contains("module_name", StringComparison.Ordinal) ? "" : $",module_name=\"{Name}\"";
            page.Append(CultureInfo.InvariantCulture, $"# TYPE {metric} gauge\n{metric}{{edge_device=\"gw\",iothub=\"h\",instance_number=\"{Name}-{Instance}\"{own}{labels}}} {value}\n");
        }

        return page.ToString();
    }
}
