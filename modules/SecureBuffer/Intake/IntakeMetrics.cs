using System.Diagnostics.Metrics;
using Sallyport.SecureBuffer.Ring;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>What comes in.</summary>
internal sealed class IntakeMetrics
{
    private readonly Counter<long> _received;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refused;

    public IntakeMetrics(IMeterFactory meters, Lanes lanes)
    {
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        _received = meter.CreateCounter<long>("sallyport.buffer.records_received", "{records}", "Messages that went into the ring, own events included.");
        _repeated = meter.CreateCounter<long>("sallyport.buffer.records_repeated", "{records}", "Messages that edgeHub delivered again and that were in the ring already.");
        _refused = meter.CreateCounter<long>("sallyport.buffer.records_refused", "{records}", "Messages whose body is not one JSON object; they are lost.");
        _received.Add(0, new KeyValuePair<string, object?>("lane", lanes.Alerts.Name));
        _received.Add(0, new KeyValuePair<string, object?>("lane", lanes.Bulk.Name));
        _repeated.Add(0);
        _refused.Add(0);
    }

    public void Received(Lane lane) => _received.Add(1, new KeyValuePair<string, object?>("lane", lane.Name));

    public void Repeated() => _repeated.Add(1);

    public void Refused() => _refused.Add(1);
}
