using System.Diagnostics.Metrics;

namespace Sallyport.Hosting.Events;

/// <summary>Counts a module's own events: raised, sent, lost.</summary>
internal sealed class EventMetrics
{
    private readonly Counter<long> _raised;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;

    public EventMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create("Sallyport.Hosting");
        _raised = meter.CreateCounter<long>("sallyport.events.raised", unit: "{events}", description: "Events that the module raised.");
        _sent = meter.CreateCounter<long>("sallyport.events.sent", unit: "{events}", description: "Events that edgeHub acknowledged.");
        _dropped = meter.CreateCounter<long>(
            "sallyport.events.dropped", unit: "{events}", description: "Events that were lost: the queue was full, the event too large, or the module stopped.");
        _raised.Add(0);
        _sent.Add(0);
        foreach (EventLoss loss in Enum.GetValues<EventLoss>())
        {
            _dropped.Add(0, Reason(loss));
        }
    }

    public void Raised() => _raised.Add(1);

    public void Sent() => _sent.Add(1);

    public void Dropped(EventLoss loss) => _dropped.Add(1, Reason(loss));

    private static KeyValuePair<string, object?> Reason(EventLoss loss) => new("reason", loss switch
    {
        EventLoss.QueueFull => "queue-full",
        EventLoss.TooLarge => "too-large",
        _ => "stopped",
    });
}
