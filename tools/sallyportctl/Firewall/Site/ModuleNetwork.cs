using System.Collections.Immutable;
using System.Net;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Site;

/// <summary>The container engine's network that the modules are in.</summary>
/// <param name="Name">As the engine calls it.</param>
/// <param name="Interface">Its bridge, as <c>ip link</c> shows it.</param>
/// <param name="Subnet">All of its addresses.</param>
/// <param name="Modules">The addresses of modules that need one of their own.</param>
/// <param name="Pointer">Where the site file says so.</param>
internal sealed record ModuleNetwork(string Name, string Interface, IPNetwork Subnet, ImmutableSortedDictionary<string, IPAddress> Modules, string Pointer)
{
    /// <summary>Reads <c>gateway/moduleNetwork</c>.</summary>
    public static ModuleNetwork Read(ManifestNode node)
    {
        _ = node.Only("name", "interface", "subnet", "dynamic", "modules");
        var subnet = node["subnet"].AsNetwork();
        var range = node["dynamic"].AsNetwork();
        if (!subnet.Holds(range) || range.PrefixLength == subnet.PrefixLength)
        {
            throw new ManifestException(node["dynamic"].Pointer, $"The engine's own range must be a part of {subnet}.");
        }

        var modules = ImmutableSortedDictionary.CreateBuilder<string, IPAddress>(StringComparer.Ordinal);
        foreach (var (name, member) in node["modules"].Members)
        {
            var address = member.AsAddress();
            if (!subnet.Contains(address) || range.Contains(address))
            {
                throw new ManifestException(member.Pointer, $"{address} must be in {subnet}, and not in {range}, from where the engine takes addresses for others.");
            }

            if (modules.FirstOrDefault(other => other.Value.Equals(address)).Key is { } taken)
            {
                throw new ManifestException(member.Pointer, $"{address} is {taken}'s already: each module has an address of its own.");
            }

            modules[name] = address;
        }

        return new(node.Find("name")?.AsText() ?? "azure-iot-edge", node["interface"].AsInterface(), subnet, modules.ToImmutable(), node["modules"].Pointer);
    }
}
