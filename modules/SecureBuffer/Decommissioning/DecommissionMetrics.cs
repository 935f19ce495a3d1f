using System.Diagnostics.Metrics;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>What is destroyed, and who tries.</summary>
internal sealed class DecommissionMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _wiped;

    public DecommissionMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        _refused = meter.CreateCounter<long>("sallyport.buffer.decommission_refused", "{calls}", "Calls of decommission that were refused.");
        _wiped = meter.CreateCounter<long>("sallyport.buffer.records_wiped", "{records}", "Records that were destroyed by a decommission and are not proven to have arrived.");
        _refused.Add(0);
        _wiped.Add(0);
    }

    public void Refused() => _refused.Add(1);

    public void Wiped(long records) => _wiped.Add(records);
}
