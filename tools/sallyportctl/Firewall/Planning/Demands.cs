using Sallyport.Ctl.Firewall.Site;
using Sallyport.IotHub.Provisioning;
using Sallyport.Manifest;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>What a module reaches beyond the network of the modules, read from what it is told.</summary>
internal static class Demands
{
    private const int EtherNetIpPort = 44_818;
    private const int MqttPort = 8883;
    private const string RevocationFolder = "Sallyport__RevocationFolder";

    /// <summary>All demands of a module.</summary>
    /// <exception cref="ManifestException">What it is told leads nowhere.</exception>
    public static IEnumerable<Demand> Of(DeployedModule module, SiteFile site) =>
    [
        .. OfRuntime(module, site),
        .. OfModbus(module),
        .. OfEtherNetIp(module),
        .. OfEnrolment(module),
        .. OfDirectUplink(module, site),
        .. OfRevocation(module, site),
    ];

    // Without the variable they would leave by AMQP on 5671.
    private static Demand[] OfRuntime(DeployedModule module, SiteFile site) => module.Name is not (Deployment.EdgeAgent or Deployment.EdgeHub)
        ? []
        : module.Variable("UpstreamProtocol") is { } protocol && protocol.AsOneOf("Mqtt") is { Length: > 0 }
            ? [Demand.Of(protocol, site.Broker.Host, site.Broker.Port, "IoT Hub")]
            : throw new ManifestException(module.Entry.Pointer, "Set the variable UpstreamProtocol to Mqtt: the firewall opens MQTT over TLS and no other way to IoT Hub.");

    private static IEnumerable<Demand> OfModbus(DeployedModule module)
    {
        foreach (var (name, connection) in module.Desired?.Find("connections")?.Members ?? [])
        {
            var place = connection["endpoint"];
            if (!EndpointText.TryParse(place.AsText(), out var endpoint))
            {
                throw new ManifestException(place.Pointer, EndpointText.Forms);
            }

            (string Host, int Port)? device = endpoint switch
            {
                ModbusEndpoint.Tcp tcp => (tcp.Host, tcp.Port),
                ModbusEndpoint.Tls tls => (tls.Host, tls.Port),
                ModbusEndpoint.RtuOverTcp line => (line.Host, line.Port),
                _ => null,
            };
            if (device is { } reached)
            {
                yield return Demand.Of(place, reached.Host, reached.Port, $"Modbus device {name}", isField: true);
            }
        }
    }

    private static IEnumerable<Demand> OfEtherNetIp(DeployedModule module) =>
        from controller in module.Desired?.Find("controllers")?.Members ?? []
        let host = controller.Node["host"]
        let port = controller.Node.Find("port")?.AsInteger(1, ushort.MaxValue) ?? EtherNetIpPort
        select Demand.Of(host, host.AsText(), (int)port, $"EtherNet/IP controller {controller.Name}", isField: true);

    private static IEnumerable<Demand> OfEnrolment(DeployedModule module)
    {
        if (module.Desired?.Find("est") is not { } est)
        {
            yield break;
        }

        var url = est["url"];
        yield return Uri.TryCreate(url.AsText(), UriKind.Absolute, out var address) && string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
            ? Demand.Of(url, address.IdnHost, address.Port, "enrolment server")
            : throw new ManifestException(url.Pointer, "This must be an https address.");
        if (module.Desired?.Find("dps") is { } service)
        {
            yield return OfService(service.Find("host") ?? service, service.Find("host")?.AsText());
        }
    }

    private static IEnumerable<Demand> OfDirectUplink(DeployedModule module, SiteFile site)
    {
        if (module.Desired?.Find("uplink") is { } uplink && uplink.AsText() is "direct")
        {
            var direct = module.Desired?["direct"] ?? uplink;
            yield return OfService(direct.Find("provisioningHost") ?? direct, direct.Find("provisioningHost")?.AsText());
            yield return Demand.Of(uplink, site.Broker.Host, site.Broker.Port, "IoT Hub");
        }
    }

    private static Demand OfService(ManifestNode place, string? host)
    {
        var endpoint = place with { Value = host ?? ProvisioningTarget.GlobalHost };
        var reached = endpoint.AsEndpoint(MqttPort);
        return Demand.Of(place, reached.Host, reached.Port, "provisioning service");
    }

    private static IEnumerable<Demand> OfRevocation(DeployedModule module, SiteFile site) => module.Variable(RevocationFolder) is { } folder
        ? site.RevocationLists.Select(list => Demand.Of(folder, list.Host, list.Port, "revocation lists"))
        : [];
}
