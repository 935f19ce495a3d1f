using System.Diagnostics.Metrics;

namespace Sallyport.Hosting.Configuration;

/// <summary>Counts what became of desired documents.</summary>
internal sealed class PlanMetrics
{
    private readonly Counter<long> _changes;
    private readonly Counter<long> _storeFailures;
    private readonly Counter<long> _reportFailures;
    private readonly Gauge<long> _version;

    public PlanMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.Hosting");
        _changes = meter.CreateCounter<long>(
            "sallyport.plan.changes", unit: "{documents}", description: "Configurations that were judged, by outcome: accepted or refused.");
        _storeFailures = meter.CreateCounter<long>(
            "sallyport.plan.store_failures",
            unit: "{documents}",
            description: "Accepted configurations that could not be stored, and stored ones that could not be used.");
        _reportFailures = meter.CreateCounter<long>(
            "sallyport.plan.report_failures", unit: "{reports}", description: "Attempts to report to the twin that failed.");
        _version = meter.CreateGauge<long>(
            "sallyport.plan.version", unit: "{versions}", description: "Desired version of the plan in force; 0 for a local file.");
        _changes.Add(0, Outcome(isAccepted: true));
        _changes.Add(0, Outcome(isAccepted: false));
        _storeFailures.Add(0);
        _reportFailures.Add(0);
    }

    public void Judged(bool isAccepted) => _changes.Add(1, Outcome(isAccepted));

    public void StoreFailed() => _storeFailures.Add(1);

    public void ReportFailed() => _reportFailures.Add(1);

    public void InForce(long version) => _version.Record(version);

    private static KeyValuePair<string, object?> Outcome(bool isAccepted) => new("outcome", isAccepted ? "accepted" : "refused");
}
