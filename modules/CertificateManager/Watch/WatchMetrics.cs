using System.Diagnostics.Metrics;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;

namespace Sallyport.CertificateManager.Watch;

/// <summary>How long everything lives yet, and what people were told.</summary>
internal sealed class WatchMetrics
{
    private readonly CertificateBoard _board;
    private readonly TimeProvider _time;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _clockJumps;
    private readonly Counter<long> _ledgerFaults;

    public WatchMetrics(IMeterFactory meters, CertificateBoard board, TimeProvider time)
    {
        (_board, _time) = (board, time);
        Meter meter = meters.Create(RenewalMetrics.MeterName);
        meter.CreateObservableGauge(
            "sallyport.certificate.remaining", ReadRemaining, "s", "Time until a certificate or revocation list of the box ends; negative when it is over.");
        meter.CreateObservableGauge(
            "sallyport.certificate.life", ReadLife, "s", "Whole life of a certificate or revocation list that is in use: what its remaining time is judged by.");
        meter.CreateObservableGauge(
            "sallyport.certificate.unseen_places", () => _board.Last.Faults.Length, "{places}", "Places with certificates that the last look could not look at.");
        _alerts = meter.CreateCounter<long>("sallyport.certificate.alerts", "{events}", "Security events about a certificate that ends, or has ended.");
        _clockJumps = meter.CreateCounter<long>("sallyport.certificate.clock_jumps", "{jumps}", "Times that the time of day was set by more than five minutes.");
        _ledgerFaults = meter.CreateCounter<long>(
            "sallyport.certificate.ledger_faults", "{faults}", "Times that it could not be stored what people were told: after a restart they are told again.");
        _alerts.Add(0);
        _clockJumps.Add(0);
        _ledgerFaults.Add(0);
    }

    public void Alerted() => _alerts.Add(1);

    public void ClockJumped() => _clockJumps.Add(1);

    public void LedgerFailed() => _ledgerFaults.Add(1);

    private IEnumerable<Measurement<double>> ReadRemaining()
    {
        DateTimeOffset now = _time.GetUtcNow();
        return Distinct.Select(one => Measure(one, one.NotAfter - now));
    }

    private IEnumerable<Measurement<double>> ReadLife() => Distinct.Where(one => one.IsInUse).Select(one => Measure(one, one.NotAfter - one.NotBefore));

    private IEnumerable<WatchedCertificate> Distinct => _board.Last.Certificates.DistinctBy(one => (one.Kind, one.Name, one.Subject, one.SerialNumber));

    private static Measurement<double> Measure(WatchedCertificate one, TimeSpan span) => new(
        span.TotalSeconds,
        new("kind", WatchedKinds.WordFor(one.Kind)),
        new("name", one.Name),
        new("subject", one.Subject),
        new("serial", one.SerialNumber));
}
