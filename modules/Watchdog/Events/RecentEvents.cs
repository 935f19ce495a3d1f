using System.Collections.Immutable;
using Sallyport.Hosting;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Events;

/// <summary>Puts events on the picture of the gateway, newest first.</summary>
internal sealed class RecentEvents(StatusBoard board, ModuleIdentity identity)
{
    private const int LongestTitle = 300;

    /// <summary>One of our own.</summary>
    public void Add(DateTimeOffset at, EventSeverity severity, string title) => Add(new RecentEvent(at, identity.ModuleId, severity, title));

    /// <summary>One of any module.</summary>
    public void Add(RecentEvent next)
    {
        RecentEvent cut = next.Title.Length > LongestTitle ? next with { Title = next.Title[..LongestTitle] } : next;
        board.Change(now => now with { Events = Prepend(now.Events, cut) });
    }

    private static ImmutableArray<RecentEvent> Prepend(ImmutableArray<RecentEvent> events, RecentEvent next) => [next, .. events.Take(GatewayStatus.MostEvents - 1)];
}
