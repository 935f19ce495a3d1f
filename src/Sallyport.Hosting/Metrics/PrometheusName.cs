using System.Buffers;

namespace Sallyport.Hosting.Metrics;

/// <summary>Names of the Prometheus text format, as the OpenTelemetry specification derives them.</summary>
internal static class PrometheusName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>Name of a metric: characters outside the grammar become underscores, then unit and <c>_total</c> follow unless they are there.</summary>
    public static string OfMetric(string name, string unit, bool isCounter)
    {
        string full = WithSuffix(OfLabel(name), UnitSuffix(unit));
        return isCounter ? WithSuffix(full, "_total") : full;
    }

    /// <summary>Name of a label.</summary>
    public static string OfLabel(string name)
    {
        string clean = string.Create(name.Length, name, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = Allowed.Contains(from[i]) ? from[i] : '_';
            }
        });
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }

    // Units in braces are annotations: {frames} says what is counted and is no unit.
    private static string UnitSuffix(string unit) => unit switch
    {
        "" or "1" => "",
        "s" => "_seconds",
        "By" => "_bytes",
        ['{', ..] => "",
        _ => "_" + OfLabel(unit),
    };

    private static string WithSuffix(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
}
