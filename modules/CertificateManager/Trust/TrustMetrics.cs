using System.Diagnostics.Metrics;
using Sallyport.CertificateManager.Renewal;

namespace Sallyport.CertificateManager.Trust;

/// <summary>Counts changes of what is trusted.</summary>
internal sealed class TrustMetrics
{
    private readonly Counter<long> _updates;

    public TrustMetrics(IMeterFactory meters)
    {
        _updates = meters.Create(RenewalMetrics.MeterName).CreateCounter<long>(
            "sallyport.trust.updates", "{calls}", "Calls that changed what is trusted, or tried to, by outcome: stored or refused.");
        _updates.Add(0, Outcome(isStored: true));
        _updates.Add(0, Outcome(isStored: false));
    }

    public void Ended(bool isStored) => _updates.Add(1, Outcome(isStored));

    private static KeyValuePair<string, object?> Outcome(bool isStored) => new("outcome", isStored ? "stored" : "refused");
}
