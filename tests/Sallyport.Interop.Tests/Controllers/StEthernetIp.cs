using System.Text.Json;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Controllers;

/// <summary>st-ethernet-ip, an EtherNet/IP client that nobody here wrote.</summary>
internal static class StEthernetIp
{
    /// <summary>Reads tags; it knows no port but 44818.</summary>
    /// <param name="address">Address of the controller.</param>
    /// <param name="isConnected">Over a connection rather than without one.</param>
    /// <param name="tags">What node-eip/read-tags.js takes.</param>
    /// <returns>What it prints.</returns>
    public static async Task<JsonElement> ReadAsync(string address, bool isConnected, string tags)
    {
        string node = Peer.Require("node");
        string folder = Path.Combine(RepositoryRoot.Path, "tests", "Sallyport.Interop.Tests", "node-eip");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "st-ethernet-ip")))
        {
            Peer.Missing("The npm package st-ethernet-ip is not installed: run eng/install-peers.sh.");
        }

        string output = await PeerProcess.RunAsync(node, Path.Combine(folder, "read-tags.js"), address, isConnected ? "connected" : "unconnected", tags);
        return JsonElement.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
    }
}
