using System.Diagnostics.Metrics;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Events;

/// <summary>Counts what other modules tell.</summary>
internal sealed class IntakeMetrics
{
    private readonly Counter<long> _messages;

    public IntakeMetrics(IMeterFactory meters)
    {
        _messages = meters.Create(ScrapeMetrics.MeterName).CreateCounter<long>("sallyport.watch.messages", "{messages}", "Messages of other modules, by outcome: status, event, other or malformed.");
        foreach (var outcome in (ReadOnlySpan<string>)["status", "event", "other", "malformed"])
        {
            Count(outcome, 0);
        }
    }

    public void Taken(string outcome) => Count(outcome, 1);

    private void Count(string outcome, int times) => _messages.Add(times, new KeyValuePair<string, object?>("outcome", outcome));
}
