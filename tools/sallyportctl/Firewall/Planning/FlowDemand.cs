using Sallyport.Ctl.Firewall.Site;
using Sallyport.Ctl.Manifests.Egress;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>A host beyond the network of the modules that a module reaches.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Purpose">What for.</param>
/// <param name="DemandedBy">Which place of the manifest asks for it.</param>
/// <param name="IsField">Whether it is a controller, which must be in the levels of control.</param>
internal sealed record FlowDemand(string Host, int Port, string Purpose, string DemandedBy, bool IsField)
{
    /// <summary>Whom a need leads to at this site; nobody when it stays in the network of the modules.</summary>
    /// <exception cref="ManifestException">It leads nowhere.</exception>
    public static IEnumerable<FlowDemand> Of(EgressNeed need, SiteFile site) => need.Peer switch
    {
        EgressPeer.Host host => [To(need, host.Name, host.Port)],
        EgressPeer.IotHub => [To(need, site.Broker.Host, site.Broker.Port)],
        EgressPeer.RevocationLists => site.RevocationLists.Select(list => To(need, list.Host, list.Port)),
        EgressPeer.Unreadable unreadable => throw new ManifestException(need.Pointer, unreadable.Reason),
        _ => [],
    };

    private static FlowDemand To(EgressNeed need, string host, int port) => new(host, port, need.Purpose, "manifest#" + need.Pointer, need.IsField);
}
