using System.Globalization;

namespace Sallyport.Ctl.Manifests;

/// <summary>A port of a container that the engine publishes on the host.</summary>
/// <param name="Inside">Port and protocol in the container: <c>8883/tcp</c>.</param>
/// <param name="HostAddress">Address of the host; empty for all of them.</param>
/// <param name="HostPort">Port of the host; empty for any.</param>
/// <param name="Pointer">JSON pointer of the binding.</param>
internal sealed record PublishedPort(string Inside, string HostAddress, string HostPort, string Pointer)
{
    /// <summary>Whether nobody but the host itself reaches it.</summary>
    public bool IsLoopback => HostAddress is "127.0.0.1" or "::1";

    /// <summary>Whether all addresses of the host have it.</summary>
    public bool IsEverywhere => HostAddress is "" or "0.0.0.0" or "::";

    /// <summary>Whether it is of UDP.</summary>
    public bool IsUdp => Inside.EndsWith("/udp", StringComparison.Ordinal);

    /// <summary>The port in the container, 1 to 65535; null if it is none.</summary>
    public int? Number => int.TryParse(Inside.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= ushort.MaxValue ? port : null;
}
