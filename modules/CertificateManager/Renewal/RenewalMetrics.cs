using System.Diagnostics.Metrics;
using Sallyport.Identity.Renewal;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Counts what becomes of renewals.</summary>
internal sealed class RenewalMetrics
{
    /// <summary>Name of the module's meter.</summary>
    public const string MeterName = "Sallyport.CertificateManager";

    private readonly RenewalStatus _status;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _journalFaults;

    public RenewalMetrics(IMeterFactory meters, RenewalStatus status)
    {
        _status = status;
        Meter meter = meters.Create(MeterName);
        _completed = meter.CreateCounter<long>("sallyport.renewal.completed", "{certificates}", "New certificates of the gateway that were proven and taken into use.");
        _failures = meter.CreateCounter<long>("sallyport.renewal.failures", "{attempts}", "Attempts to renew the gateway's certificate that failed, and are tried again.");
        _journalFaults = meter.CreateCounter<long>("sallyport.renewal.journal_faults", "{faults}", "Times that the journal of the identity could not be read or written, by reason.");
        meter.CreateObservableGauge("sallyport.renewal.state", ReadState, "{states}", "1 for the state that the renewal of the gateway's certificate is in.");
        meter.CreateObservableGauge("sallyport.renewal.blocked", () => _status.Trouble.Length > 0 ? 1 : 0, "{renewals}", "1 while no step of a renewal can be done: its log says why.");
        _completed.Add(0);
        _failures.Add(0);
        _journalFaults.Add(0, Reason("unreadable"));
        _journalFaults.Add(0, Reason("unwritable"));
    }

    public void Completed() => _completed.Add(1);

    public void Failed() => _failures.Add(1);

    public void Unreadable() => _journalFaults.Add(1, Reason("unreadable"));

    public void Unwritable() => _journalFaults.Add(1, Reason("unwritable"));

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    private IEnumerable<Measurement<int>> ReadState() => _status.Journal is { } journal
        ? Enum.GetValues<RenewalState>().Select(state => new Measurement<int>(state == journal.State ? 1 : 0, new KeyValuePair<string, object?>("state", state.ToString())))
        : [];
}
