using System.Security.Cryptography;
using System.Text;
using Sallyport.Hosting.Scraping;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Audit;

/// <summary>The modules that edgeAgent keeps, from its metrics. A set counts when it was seen three times in a row: edgeAgent's page fills while it starts.</summary>
/// <remarks>
/// A module that leaves the deployment stays on the page; its expected time stands still. edgeAgent writes all times in one go, so a module is gone when it stood still three
/// times while others went on. The page has no versions of modules that edgeAgent did not start itself.
/// </remarks>
internal sealed class DeployedModules
{
    private const int Times = 3;

    private readonly Dictionary<string, (double Expected, int Still)> _modules = new(StringComparer.Ordinal);
    private string _instance = "";
    private string _last = "";
    private int _seen;

    /// <summary>Takes a look.</summary>
    /// <returns>Names, sorted; null while nobody knows for sure.</returns>
    public string? Observe(Numbers? edgeAgent)
    {
        if (edgeAgent is null || !edgeAgent.Of(WantedMetric.EdgeAgentExpected).Any())
        {
            return null;
        }

        if (!string.Equals(edgeAgent.Instance, _instance, StringComparison.Ordinal))
        {
            _instance = edgeAgent.Instance;
            _modules.Clear();
        }

        Compare(edgeAgent.Of(WantedMetric.EdgeAgentExpected));
        var now = string.Join(", ", _modules.Where(module => module.Value.Still < Times).Select(module => module.Key).Order(StringComparer.Ordinal));
        _seen = string.Equals(now, _last, StringComparison.Ordinal) ? _seen + 1 : 1;
        _last = now;
        return now.Length > 0 && _seen >= Times ? now : null;
    }

    /// <summary>SHA-256 of a set, hexadecimal.</summary>
    public static string HashOf(string modules) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(modules)));

    private void Compare(IEnumerable<MetricSample> expected)
    {
        (string Name, double Expected)[] now = [.. expected.Select(sample => (Numbers.Label(sample, "module_name"), sample.Value))];
        var isWritten = Array.Exists(now, module => _modules.TryGetValue(module.Name, out (double Expected, int Still) known) && module.Expected > known.Expected);
        foreach ((var name, var time) in now)
        {
            var isKnown = _modules.TryGetValue(name, out (double Expected, int Still) known);
            _modules[name] = (time, !isKnown || time > known.Expected ? 0 : known.Still + (isWritten ? 1 : 0));
        }
    }
}
