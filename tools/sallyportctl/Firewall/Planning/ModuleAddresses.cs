using System.Net;
using System.Text.Json;
using Sallyport.Ctl.Firewall.Site;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>The fragment that gives modules their addresses, for <c>manifest build --with module-addresses.json</c>.</summary>
internal static class ModuleAddresses
{
    private const string EdgeHub = "edgeHub";

    private static readonly string[] SystemModules = ["edgeAgent", EdgeHub];

    /// <summary>Writes the members of the document.</summary>
    public static void Write(GatewaySite gateway, Utf8JsonWriter json)
    {
        foreach (string name in (string[])["modulesContent", "$edgeAgent", "properties.desired"])
        {
            json.WriteStartObject(name);
        }

        foreach (IGrouping<bool, KeyValuePair<string, IPAddress>> section in gateway.Modules.Modules.GroupBy(module => SystemModules.Contains(module.Key, StringComparer.Ordinal)))
        {
            json.WriteStartObject(section.Key ? "systemModules" : "modules");
            foreach ((string name, IPAddress address) in section)
            {
                Write(name, address, gateway, json);
            }

            json.WriteEndObject();
        }

        for (int open = 0; open < 3; open++)
        {
            json.WriteEndObject();
        }
    }

    // edgeAgent gives edgeHub the gateway's host name as an alias, unless the create options have endpoints themselves: then it is theirs to say.
    private static void Write(string module, IPAddress address, GatewaySite gateway, Utf8JsonWriter json)
    {
        string[] path = [module, "settings", "createOptions", "NetworkingConfig", "EndpointsConfig", gateway.Modules.Name];
        foreach (string name in path)
        {
            json.WriteStartObject(name);
        }

        json.WriteStartObject("IPAMConfig");
        json.WriteString("IPv4Address", address.ToString());
        json.WriteEndObject();
        if (module is EdgeHub)
        {
            json.WriteStartArray("Aliases");
            json.WriteStringValue(gateway.HostName);
            json.WriteEndArray();
        }

        foreach (string _ in path)
        {
            json.WriteEndObject();
        }
    }
}
