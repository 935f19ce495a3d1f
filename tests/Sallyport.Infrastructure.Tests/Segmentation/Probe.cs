using System.Net.Sockets;

namespace Sallyport.Infrastructure.Tests.Segmentation;

/// <summary>Somebody who tries to reach somebody.</summary>
/// <param name="From">The namespace that it begins in.</param>
/// <param name="Source">The address that it comes from.</param>
/// <param name="To">The address that it goes to.</param>
/// <param name="Port">The port.</param>
internal sealed record Probe(string From, string Source, string To, int Port)
{
    public SocketType Type { get; init; } = SocketType.Stream;

    /// <summary>Where the destination is translated on the way: the address that a firewall sees.</summary>
    public string? SeenAs { get; init; }
}
