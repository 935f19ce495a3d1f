using System.Diagnostics.Metrics;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity.OpcUa;

/// <summary>What the upkeep of OPC UA stores counts.</summary>
internal sealed class OpcUaMetrics
{
    private readonly Counter<long> _removed;

    /// <summary>Creates the instruments; counters start at 0.</summary>
    public OpcUaMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(RevocationMetrics.MeterName);
        _removed = meter.CreateCounter<long>(
            "sallyport.opcua.certificates_removed", unit: "{certificate}", description: "Certificates that were taken out of the stores of an OPC UA application, by reason.");
        Replaced(0);
        RejectedRemoved(0);
    }

    public void Replaced(int count) => _removed.Add(count, new KeyValuePair<string, object?>("reason", "replaced"));

    public void RejectedRemoved(int count) => _removed.Add(count, new KeyValuePair<string, object?>("reason", "rejected-full"));
}
