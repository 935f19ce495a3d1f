using System.Collections.Immutable;

namespace Sallyport.Posture.Report;

/// <summary>Sockets of the host's own network that wait for others.</summary>
/// <param name="Listening">TCP sockets that listen, UDP sockets that are bound and not connected.</param>
public sealed record SocketFacts(ImmutableArray<ListeningSocket> Listening);
