using System.Net;
using System.Text.Json.Nodes;
using Sallyport.Manifest;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.Modules;

/// <summary>Tells Watchdog where the modules of a simulation are: there is no container network that knows them by name.</summary>
/// <param name="manifest">The modules, in order of start.</param>
/// <param name="addresses">Where they listen.</param>
internal sealed class WatchedAddresses(DeploymentManifest manifest, SimulationAddresses addresses)
{
    /// <summary>The module that watches.</summary>
    public const string Module = "Watchdog";

    private const string Everywhere = "*";

    /// <summary>Puts addresses into its desired properties. Those that the manifest gives win, unless they mean all.</summary>
    public void Adapt(JsonObject desired)
    {
        JsonObject delivery = Section(desired, "delivery");
        delivery["edgeAgent"] ??= $"http://{addresses.EdgeAgent}:{SimulationAddresses.MetricsPort}";
        foreach ((string name, JsonNode? watched) in Section(delivery, "modules"))
        {
            if (AddressOf(name) is { } address)
            {
                watched!["address"] ??= $"http://{address}:{SimulationAddresses.MetricsPort}";
            }
        }

        // All addresses of a container are not all of this machine.
        JsonObject page = Section(desired, "statusPage");
        if (page["address"]?.GetValue<string>() is null or Everywhere)
        {
            page["address"] = AddressOf(Module)?.ToString();
        }
    }

    private IPAddress? AddressOf(string name)
    {
        int index = manifest.Modules.IndexOf(manifest.Modules.FirstOrDefault(module => string.Equals(module.Name, name, StringComparison.Ordinal))!);
        return index >= 0 ? addresses.Module(index) : null;
    }

    private static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject found)
        {
            return found;
        }

        var made = new JsonObject();
        parent[name] = made;
        return made;
    }
}
