using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>Where packets go.</summary>
/// <param name="Interfaces">The network interfaces of the host.</param>
/// <param name="Routes">Routes of the main table that lead through a gateway, or to everywhere.</param>
public sealed record RouteFacts(ImmutableArray<string> Interfaces, ImmutableArray<HostRoute> Routes);
