using System.Collections.Immutable;
using System.Net;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Site;

/// <summary>The gateway's place in the plant.</summary>
/// <param name="HostName">The name by which modules call edgeHub: <c>hostname</c> of the daemon's configuration.</param>
/// <param name="Interfaces">Its network interfaces.</param>
/// <param name="Modules">The network of the modules.</param>
/// <param name="Pointer">Where the site file lists the interfaces.</param>
internal sealed record GatewaySite(string HostName, ImmutableArray<GatewayInterface> Interfaces, ModuleNetwork Modules, string Pointer)
{
    /// <summary>Reads <c>gateway</c>.</summary>
    public static GatewaySite Read(ManifestNode node)
    {
        _ = node.Only("hostName", "interfaces", "moduleNetwork");
        var hostName = node["hostName"];
        var modules = ModuleNetwork.Read(node["moduleNetwork"]);
        ImmutableArray<GatewayInterface> interfaces = [.. node["interfaces"].Members.Select(member => GatewayInterface.Read(member.Name, member.Node))];
        if (interfaces.FirstOrDefault(one => one.Network.Holds(modules.Subnet) || modules.Subnet.Holds(one.Network)
            || string.Equals(one.Name, modules.Interface, StringComparison.Ordinal)) is { } overlapping)
        {
            throw new ManifestException(node["moduleNetwork"].Pointer, $"The network of the modules must not overlap with {overlapping.Name}.");
        }

        return new(
            Uri.CheckHostName(hostName.AsText()) is UriHostNameType.Dns ? hostName.AsText() : throw new ManifestException(hostName.Pointer, "This must be a host name."),
            interfaces,
            modules,
            node["interfaces"].Pointer);
    }

    /// <summary>The interface that leads somewhere: the one with the longest network that holds it all.</summary>
    /// <exception cref="ManifestException">None does.</exception>
    public GatewayInterface RouteTo(IPNetwork destination, string purpose)
    {
        var best = Interfaces.MaxBy(one => one.LengthTo(destination));
        return best is not null && best.LengthTo(destination) >= 0
            ? best
            : throw new ManifestException(Pointer, $"No interface leads to {destination.Text()} ({purpose}): add its network to \"reaches\" of one, 0.0.0.0/0 for the default route.");
    }
}
