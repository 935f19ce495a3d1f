using System.Text.Json.Nodes;
using Sallyport.IotHub.Provisioning;
using Sallyport.Manifest;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Manifests.Explain;

/// <summary>Whom a module has to reach, by what it is told: what a firewall has to let through, and no more.</summary>
internal static class NetworkNeeds
{
    private const string Broker = "edgeHub, port 8883 (MQTT)";
    private const string Metrics = "port 9600 (metrics, health)";
    private const int EtherNetIpPort = 44818;

    /// <summary>The needs of one container, the broker first.</summary>
    public static IEnumerable<string> Of(DeploymentDocument document, Container container)
    {
        if (container.IsSystem)
        {
            return ["IoT Hub, port 8883 (MQTT)"];
        }

        ManifestNode? desired = document.DesiredOf(container.Name);
        return container.Name switch
        {
            "ModbusReader" => [Broker, .. Members(desired, "connections").Select(connection => Modbus(Text(connection, "endpoint")))],
            "EtherNetIpReader" => [Broker, .. Members(desired, "controllers").Select(controller => $"{Text(controller, "host")}, port {Number(controller, "port", EtherNetIpPort)} (EtherNet/IP)")],
            "SecureBuffer" => [Broker, $"edgeHub, {Metrics}", .. Direct(desired)],
            "CertificateManager" => [Broker, .. Enrolment(desired)],
            "Watchdog" => [Broker, $"edgeHub, edgeAgent, {Metrics}", .. Members(desired?.Find("delivery"), "modules").Select(module => Watched(module))],
            _ => [container.Variable("MetricsEndpointsCSV") is null ? Broker : $"{Broker}; pages of metrics, port 9600"],
        };
    }

    // What cannot be read, a placeholder for one, is shown as it stands.
    private static string Modbus(string text) => !EndpointText.TryParse(text, out ModbusEndpoint? endpoint) ? $"{text} (Modbus)" : endpoint switch
    {
        ModbusEndpoint.Tcp tcp => $"{tcp.Host}, port {tcp.Port} (Modbus)",
        ModbusEndpoint.Tls tls => $"{tls.Host}, port {tls.Port} (Modbus over TLS)",
        ModbusEndpoint.RtuOverTcp line => $"{line.Host}, port {line.Port} (Modbus RTU over TCP)",
        _ => $"none: serial line {endpoint.Address}",
    };

    private static IEnumerable<string> Direct(ManifestNode? desired) => desired?.Find("direct") is { } direct
        ? [$"{direct.Find("provisioningHost")?.AsText() ?? ProvisioningTarget.GlobalHost}, port 8883 (provisioning)", "IoT Hub, port 8883 (MQTT)"]
        : [];

    private static IEnumerable<string> Enrolment(ManifestNode? desired)
    {
        if (desired?.Find("est") is { } est)
        {
            yield return Uri.TryCreate(Text(est, "url"), UriKind.Absolute, out Uri? server) ? $"{server.Host}, port {server.Port} (EST)" : $"{Text(est, "url")} (EST)";
            yield return "the addresses of revocation lists in certificates, port 80";
        }

        if (desired?.Find("dps") is { } proof)
        {
            yield return $"{proof.Find("host")?.AsText() ?? ProvisioningTarget.GlobalHost}, port 8883 (provisioning)";
        }
    }

    private static string Watched(ManifestNode module)
    {
        string name = module.Pointer[(module.Pointer.LastIndexOf('/') + 1)..];
        return module.Find("address") is { } address ? $"{address.AsText()} (metrics, health)" : $"{name}, {Metrics}";
    }

    private static IEnumerable<ManifestNode> Members(ManifestNode? section, string name) => section?.Find(name) is { Value: JsonObject } found ? found.Members.Select(member => member.Node) : [];

    private static string Text(ManifestNode section, string name) => section.Find(name) is { } node ? node.AsText() : "";

    private static string Number(ManifestNode section, string name, int absent) => section.Find(name)?.Value?.ToJsonString() ?? FormattableString.Invariant($"{absent}");
}
