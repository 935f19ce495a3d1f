using Microsoft.Extensions.Logging;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>Tells those who want to know what a person should hear of.</summary>
internal sealed partial class IncidentFeed(TimeProvider time, ILogger<IncidentFeed> logger)
{
    private readonly List<Action<HubIncident>> _handlers = [];

    /// <summary>Adds one who wants to know.</summary>
    public void Add(Action<HubIncident> handler) => _handlers.Add(handler);

    /// <summary>Logs and tells.</summary>
    public void Raise(HubIncidentKind kind, string detail)
    {
        LogIncident(kind, detail);
        Pass(new HubIncident(kind, time.GetUtcNow(), detail));
    }

    /// <summary>Tells what another feed has logged.</summary>
    public void Pass(HubIncident incident)
    {
        foreach (Action<HubIncident> handler in _handlers)
        {
            handler(incident);
        }
    }

    [LoggerMessage(3050, LogLevel.Error, "{Kind}: {Detail}")]
    private partial void LogIncident(HubIncidentKind kind, string detail);
}
