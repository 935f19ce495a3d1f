using System.Collections.Immutable;

namespace Sallyport.Simulator.Terminal;

/// <summary>How a simulation stands at one instant. Counts are since its start.</summary>
/// <param name="Elapsed">Since the start.</param>
/// <param name="ValuesServed">Unique values that the plant gave out.</param>
/// <param name="Requests">Requests that the plant answered.</param>
/// <param name="Routes">Messages that left edgeHub, by route.</param>
/// <param name="CloudMessages">Messages at the cloud side.</param>
/// <param name="Waiting">Messages that wait in edgeHub.</param>
/// <param name="Uplink">State of the uplink.</param>
/// <param name="Modules">Modules that run.</param>
internal sealed record Snapshot(
    TimeSpan Elapsed,
    long ValuesServed,
    long Requests,
    ImmutableArray<RouteCount> Routes,
    long CloudMessages,
    long Waiting,
    string Uplink,
    ImmutableArray<string> Modules)
{
    /// <summary>Nothing yet.</summary>
    public static Snapshot Empty { get; } = new(TimeSpan.Zero, 0, 0, [], 0, 0, string.Empty, []);
}
