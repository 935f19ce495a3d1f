using System.Text.Json;
using Sallyport.Ctl.Firewall.Site;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>The parts of create options that give modules their addresses, by module, to be merged into the manifest.</summary>
internal static class ModuleAddresses
{
    /// <summary>Writes the members of the document.</summary>
    /// <remarks>edgeAgent gives edgeHub the gateway's host name as an alias, unless the create options have endpoints themselves: then it is theirs to say.</remarks>
    public static void Write(GatewaySite gateway, Utf8JsonWriter json)
    {
        foreach (var (name, address) in gateway.Modules.Modules)
        {
            json.WriteStartObject(name);
            json.WriteStartObject("NetworkingConfig");
            json.WriteStartObject("EndpointsConfig");
            json.WriteStartObject(gateway.Modules.Name);
            json.WriteStartObject("IPAMConfig");
            json.WriteString("IPv4Address", address.ToString());
            json.WriteEndObject();
            if (name is Deployment.EdgeHub)
            {
                json.WriteStartArray("Aliases");
                json.WriteStringValue(gateway.HostName);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
