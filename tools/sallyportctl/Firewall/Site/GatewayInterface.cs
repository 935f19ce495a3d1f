using System.Collections.Immutable;
using System.Net;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Site;

/// <summary>A network interface of the gateway.</summary>
/// <param name="Name">As <c>ip link</c> shows it.</param>
/// <param name="Address">Its address, which does not change.</param>
/// <param name="Network">The network that it is plugged into.</param>
/// <param name="Reaches">Networks behind routers there; 0.0.0.0/0 where the default route leads.</param>
internal sealed record GatewayInterface(string Name, IPAddress Address, IPNetwork Network, ImmutableArray<IPNetwork> Reaches)
{
    /// <summary>Reads a member of <c>gateway/interfaces</c>.</summary>
    public static GatewayInterface Read(string name, ManifestNode node)
    {
        _ = node.Only("address", "reaches");
        var (address, network) = node["address"].AsAddressInNetwork();
        return new(SiteValue.CheckInterface(name, node.Pointer), address, network, [.. node.ElementsOf("reaches").Select(SiteValue.AsNetwork)]);
    }

    /// <summary>The length of the longest of its networks that holds all of another; -1 for none.</summary>
    public int LengthTo(IPNetwork destination) =>
        Reaches.Append(Network).Where(network => network.Holds(destination)).Select(network => network.PrefixLength).DefaultIfEmpty(-1).Max();
}
