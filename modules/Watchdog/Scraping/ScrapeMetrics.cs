using System.Diagnostics.Metrics;

namespace Sallyport.Watchdog.Scraping;

/// <summary>Counts looks at others.</summary>
internal sealed class ScrapeMetrics
{
    public const string MeterName = "Sallyport.Watchdog";

    private readonly Counter<long> _looks;

    public ScrapeMetrics(IMeterFactory meters)
    {
        _looks = meters.Create(MeterName).CreateCounter<long>("sallyport.watch.looks", "{pages}", "Times that somebody was asked for metrics, by outcome.");
        Count("read", 0);
        Count("unreachable", 0);
        Count("malformed", 0);
    }

    public void Read() => Count("read");

    public void Unreachable() => Count("unreachable");

    public void Malformed() => Count("malformed");

    private void Count(string outcome, long times = 1) => _looks.Add(times, new KeyValuePair<string, object?>("outcome", outcome));
}
