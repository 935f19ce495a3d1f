using System.Collections.Immutable;
using System.Net;
using Sallyport.Ctl.Firewall.Planning;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Site;

/// <summary>What else the plant needs through its zone firewall; no concern of the gateway.</summary>
/// <param name="Name">The plant's own name for it.</param>
/// <param name="From">Who begins.</param>
/// <param name="To">Whom they reach.</param>
/// <param name="Protocol">TCP or UDP.</param>
/// <param name="Port">The port.</param>
/// <param name="Pointer">Where the site file says so.</param>
internal sealed record SiteFlow(string Name, ImmutableArray<IPNetwork> From, ImmutableArray<IPNetwork> To, FlowProtocol Protocol, int Port, string Pointer)
{
    /// <summary>Reads a member of <c>conduit</c>.</summary>
    public static SiteFlow Read(string name, ManifestNode node)
    {
        _ = node.Only("from", "to", "protocol", "port");
        return new(
            name,
            node["from"].AsNetworks(),
            node["to"].AsNetworks(),
            node["protocol"].AsOneOf("tcp", "udp") is "tcp" ? FlowProtocol.Tcp : FlowProtocol.Udp,
            (int)node["port"].AsInteger(1, ushort.MaxValue),
            node.Pointer);
    }
}
