using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>socat between a reader and a device.</summary>
internal static class Socat
{
    /// <summary>Passes on between a listener and another address, in socat's terms.</summary>
    public static Task<PeerProcess> ListenAsync(string listener, string target)
    {
        Peer.Require("socat");
        return PeerProcess.StartAsync("socat", line => line.Contains("listening on", StringComparison.Ordinal), "-d", "-d", listener, target);
    }
}
