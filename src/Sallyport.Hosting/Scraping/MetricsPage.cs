using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Unicode;

namespace Sallyport.Hosting.Scraping;

/// <summary>Reads the Prometheus text format. The whole page must be well formed, or nothing on it is believed.</summary>
/// <remarks>github.com/prometheus/docs, «Exposition formats», text format 0.0.4. Whatever the bytes are, the answer is samples or a fault; memory
/// is taken for wanted samples only.</remarks>
public static class MetricsPage
{
    /// <summary>A larger page is refused.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>More wanted samples than that are refused: no module has so many.</summary>
    public const int MaxSamples = 4096;

    /// <summary>Reads a page.</summary>
    /// <param name="page">UTF-8.</param>
    /// <param name="wanted">Names of the metrics to give back; the others are checked and left out.</param>
    /// <param name="samples">In order; empty if false.</param>
    /// <param name="fault">What is wrong, with the number of the line; empty if true. Holds nothing of the page itself.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> page,
        FrozenSet<string> wanted,
        out ImmutableArray<MetricSample> samples,
        out string fault)
    {
        samples = [];
        if (page.Length > MaxBytes || !Utf8.IsValid(page))
        {
            fault = page.Length > MaxBytes ? $"larger than {MaxBytes} bytes" : "not UTF-8";
            return false;
        }

        ImmutableArray<MetricSample>.Builder found = ImmutableArray.CreateBuilder<MetricSample>();
        var number = 0;
        foreach (Range range in page.Split((byte)'\n'))
        {
            number++;
            var line = new MetricsLine(page[range]);
            if (!line.IsComment && !line.TryRead(wanted, found))
            {
                fault = $"line {number} is not in the Prometheus text format";
                return false;
            }

            if (found.Count > MaxSamples)
            {
                fault = $"more than {MaxSamples} samples";
                return false;
            }
        }

        samples = found.ToImmutable();
        fault = "";
        return true;
    }
}
