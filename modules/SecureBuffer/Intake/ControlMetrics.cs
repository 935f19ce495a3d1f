using System.Diagnostics.Metrics;

namespace Sallyport.SecureBuffer.Intake;

/// <summary>What other modules ask for.</summary>
internal sealed class ControlMetrics
{
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _refused;

    public ControlMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.SecureBuffer");
        _reconnects = meter.CreateCounter<long>("sallyport.buffer.reconnects", "{connections}", "Connections that were replaced because the watchdog asked for it.");
        _refused = meter.CreateCounter<long>("sallyport.buffer.control_refused", "{messages}", "Control messages that were refused, by reason.");
        _reconnects.Add(0);
        foreach (ControlRefusal refusal in Enum.GetValues<ControlRefusal>())
        {
            _refused.Add(0, Tag(refusal));
        }
    }

    public void Reconnected() => _reconnects.Add(1);

    public void Refused(ControlRefusal refusal) => _refused.Add(1, Tag(refusal));

    private static KeyValuePair<string, object?> Tag(ControlRefusal refusal) => new("reason", refusal switch
    {
        ControlRefusal.Sender => "sender",
        ControlRefusal.Unreadable => "unreadable",
        ControlRefusal.Action => "action",
        ControlRefusal.TooSoon => "too-soon",
        _ => "not-connected",
    });
}
