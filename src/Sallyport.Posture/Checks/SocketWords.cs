using System.Net;
using Sallyport.Posture.Report;

namespace Sallyport.Posture.Checks;

/// <summary>What checks ask of a socket.</summary>
internal static class SocketWords
{
    /// <summary>Whether the host alone reaches it. An address that cannot be understood is reached by all.</summary>
    public static bool IsLocal(this ListeningSocket socket) => IPAddress.TryParse(socket.Address, out IPAddress? address) && IPAddress.IsLoopback(address);

    /// <summary>For example <c>tcp/22</c>.</summary>
    public static string Name(this ListeningSocket socket) => FormattableString.Invariant($"{socket.Protocol}/{socket.Port}");

    /// <summary>For people.</summary>
    public static string Words(this ListeningSocket socket) => $"{socket.Name()} at {socket.Address}{(socket.Process is null ? "" : $" ({socket.Process})")}";
}
