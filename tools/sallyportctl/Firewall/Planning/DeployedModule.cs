using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Ctl.Manifests;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>One module as far as the network is concerned.</summary>
/// <param name="Container">What the manifest says of its container.</param>
/// <param name="Desired">Its desired properties, if it has any.</param>
internal sealed record DeployedModule(Container Container, ManifestNode? Desired)
{
    /// <summary>Its name.</summary>
    public string Name => Container.Name;

    /// <summary>Its entry in the manifest.</summary>
    public ManifestNode Entry => Container.Node;

    /// <summary>Whether it has no network of its own, but the host's.</summary>
    public bool IsOnHost => Container.Host?.Find("NetworkMode")?.AsText() is "host";

    /// <summary>The address that the manifest gives it, with its place.</summary>
    public ManifestNode? Address => (Container.Options?.Find("NetworkingConfig")?.Find("EndpointsConfig")?.Members ?? [])
        .Select(network => network.Node.Find("IPAMConfig")?.Find("IPv4Address"))
        .FirstOrDefault(address => address is not null);

    /// <summary>The ports that it has the engine publish: where, whether on the loopback address alone, and the port in the container.</summary>
    public ImmutableArray<(ManifestNode Place, bool IsLoopback, FlowProtocol Protocol, int Port)> PublishedPorts =>
    [
        .. from binding in Container.Host?.Find("PortBindings")?.Members ?? []
           from target in binding.Node.Elements
           select (target, target.Find("HostIp")?.AsText() is "127.0.0.1", ProtocolOf(binding.Name), PortOf(binding.Name, binding.Node.Pointer)),
    ];

    /// <summary>An environment variable of the manifest, with its place.</summary>
    public ManifestNode? Variable(string name) => Entry.Find("env")?.Find(name)?["value"];

    private static FlowProtocol ProtocolOf(string key) => key.EndsWith("/udp", StringComparison.Ordinal) ? FlowProtocol.Udp : FlowProtocol.Tcp;

    private static int PortOf(string key, string pointer) =>
        int.TryParse(key.Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= ushort.MaxValue
            ? port
            : throw new ManifestException(pointer, "A published port is written PORT/tcp or PORT/udp.");
}
