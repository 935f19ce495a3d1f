using System.Security.Cryptography;
using System.Text;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Audit;

/// <summary>The modules that edgeAgent keeps, from its metrics. A set counts when it was seen three times in a row: edgeAgent's page fills while it starts.</summary>
internal sealed class DeployedModules
{
    private const int Times = 3;

    private string _last = "";
    private int _seen;

    /// <summary>Takes a look.</summary>
    /// <returns>Names with versions, sorted; null while nobody knows for sure.</returns>
    public string? Observe(Numbers? edgeAgent)
    {
        var now = edgeAgent is null ? "" : string.Join(", ", edgeAgent.Of("edgeAgent_total_time_expected_running_seconds")
            .Select(sample => $"{Numbers.Label(sample, "module_name")} {Numbers.Label(sample, "module_version")}".Trim())
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (now.Length == 0)
        {
            return null;
        }

        _seen = string.Equals(now, _last, StringComparison.Ordinal) ? _seen + 1 : 1;
        _last = now;
        return _seen >= Times ? now : null;
    }

    /// <summary>SHA-256 of a set, hexadecimal.</summary>
    public static string HashOf(string modules) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(modules)));
}
