using System.Diagnostics.Metrics;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Audit;

/// <summary>Changes of the gateway's configuration, counted.</summary>
internal sealed class AuditMetrics
{
    private readonly Counter<long> _changes;
    private readonly Counter<long> _faults;

    public AuditMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(ScrapeMetrics.MeterName);
        _changes = meter.CreateCounter<long>("sallyport.audit.changes", "{changes}", "Changes of watched files and of the set of modules.");
        _faults = meter.CreateCounter<long>("sallyport.audit.faults", "{faults}", "Watched files that could not be read, and hashes that could not be stored.");
        _changes.Add(0);
        _faults.Add(0);
    }

    public void Changed() => _changes.Add(1);

    public void Failed() => _faults.Add(1);
}
