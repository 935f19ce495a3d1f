namespace Sallyport.Posture.Report;

/// <summary>A route.</summary>
/// <param name="Interface">Through which interface.</param>
/// <param name="Destination">As address/prefix length.</param>
/// <param name="Gateway">By whom; left out if the destination is a neighbour.</param>
public sealed record HostRoute(string Interface, string Destination, string? Gateway = null);
