using System.Text.Json.Nodes;
using Sallyport.IotHub.Provisioning;
using Sallyport.Manifest;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Manifests.Egress;

/// <summary>Whom a module reaches, read from what it is told: shown to people, and what a firewall lets through, and no more.</summary>
internal static class EgressNeeds
{
    private const string EdgeHub = "edgeHub";
    private const string Metrics = "metrics, health";
    private const string RevocationFolder = "Sallyport__RevocationFolder";
    private const int EtherNetIpPort = 44_818;
    private const int MqttPort = 8883;
    private const int MetricsPort = 9600;

    /// <summary>All needs of a module, its broker first.</summary>
    /// <exception cref="ManifestException">What it is told has not even the right shape.</exception>
    public static IEnumerable<EgressNeed> Of(DeploymentDocument document, Container module)
    {
        if (module.IsSystem)
        {
            return [OfRuntime(module)];
        }

        ManifestNode? desired = document.DesiredOf(module.Name);
        return
        [
            new(new EgressPeer.Module(EdgeHub, MqttPort), "MQTT", module.Node.Pointer),
            .. OfModbus(desired),
            .. OfEtherNetIp(desired),
            .. OfEnrolment(desired),
            .. OfDirectUplink(desired),
            .. OfMetrics(module, desired),
            .. OfRevocation(module),
        ];
    }

    // Without the variable they would leave by AMQP on 5671.
    private static EgressNeed OfRuntime(Container module)
    {
        const string purpose = "IoT Hub";
        const string remedy = "Set the variable UpstreamProtocol to Mqtt: the firewall opens MQTT over TLS and no other way to IoT Hub.";
        return module.Find("UpstreamProtocol") switch
        {
            ("Mqtt", var pointer) => new(new EgressPeer.IotHub(), purpose, pointer),
            (var other, var pointer) => new(new EgressPeer.Unreadable(other, remedy), purpose, pointer),
            null => new(new EgressPeer.Unreadable(purpose, remedy), purpose, module.Node.Pointer),
        };
    }

    private static IEnumerable<EgressNeed> OfModbus(ManifestNode? desired)
    {
        foreach ((string name, ManifestNode connection) in Members(desired, "connections"))
        {
            ManifestNode place = connection["endpoint"];
            string purpose = $"Modbus device {name}";
            yield return !EndpointText.TryParse(place.AsText(), out ModbusEndpoint? endpoint)
                ? EgressNeed.Unreadable(place, purpose, EndpointText.Forms, isField: true)
                : endpoint switch
                {
                    ModbusEndpoint.Tcp tcp => EgressNeed.Of(place, tcp.Host, tcp.Port, purpose, isField: true),
                    ModbusEndpoint.Tls tls => EgressNeed.Of(place, tls.Host, tls.Port, purpose, isField: true),
                    ModbusEndpoint.RtuOverTcp line => EgressNeed.Of(place, line.Host, line.Port, purpose, isField: true),
                    _ => new(new EgressPeer.SerialLine($"{endpoint.Address}"), purpose, place.Pointer, IsField: true),
                };
        }
    }

    private static IEnumerable<EgressNeed> OfEtherNetIp(ManifestNode? desired) =>
        from controller in Members(desired, "controllers")
        let host = controller.Node["host"]
        let port = controller.Node.Find("port")?.AsInteger(1, ushort.MaxValue) ?? EtherNetIpPort
        select EgressNeed.Of(host, host.AsText(), (int)port, $"EtherNet/IP controller {controller.Name}", isField: true);

    private static IEnumerable<EgressNeed> OfEnrolment(ManifestNode? desired)
    {
        const string purpose = "enrolment server";
        if (desired?.Find("est") is { } est)
        {
            ManifestNode url = est["url"];
            yield return Uri.TryCreate(url.AsText(), UriKind.Absolute, out Uri? address) && string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
                ? EgressNeed.Of(url, address.IdnHost, address.Port, purpose)
                : EgressNeed.Unreadable(url, purpose, "This must be an https address.");
        }

        if (desired?.Find("dps") is { } service)
        {
            yield return OfService(service, "host");
        }
    }

    private static IEnumerable<EgressNeed> OfDirectUplink(ManifestNode? desired)
    {
        if (desired?.Find("uplink") is { Value: JsonValue } uplink && uplink.AsText() is "direct")
        {
            yield return OfService(desired?.Find("direct") ?? uplink, "provisioningHost");
            yield return new(new EgressPeer.IotHub(), "IoT Hub", uplink.Pointer);
        }
    }

    private static EgressNeed OfService(ManifestNode section, string name)
    {
        const string purpose = "provisioning service";
        if ((section.Value is JsonObject ? section.Find(name) : null) is not { } host)
        {
            return EgressNeed.Of(section, ProvisioningTarget.GlobalHost, MqttPort, purpose);
        }

        return ProvisioningTarget.IsHost(host.AsText()) && Uri.TryCreate($"mqtts://{host.AsText()}", UriKind.Absolute, out Uri? address)
            ? EgressNeed.Of(host, address.IdnHost, address.IsDefaultPort ? MqttPort : address.Port, purpose)
            : EgressNeed.Unreadable(host, purpose, "This must be a host, with or without a port: name.example, name.example:8883.");
    }

    private static IEnumerable<EgressNeed> OfMetrics(Container module, ManifestNode? desired)
    {
        if (module.Name is "SecureBuffer")
        {
            yield return new(new EgressPeer.Module(EdgeHub, MetricsPort), Metrics, module.Node.Pointer);
        }

        if (desired?.Find("delivery") is { } delivery)
        {
            yield return new(new EgressPeer.Module(EdgeHub, MetricsPort), Metrics, delivery.Pointer);
            yield return new(new EgressPeer.Module("edgeAgent", MetricsPort), Metrics, delivery.Pointer);
            foreach ((string name, ManifestNode watched) in Members(delivery, "modules"))
            {
                yield return watched.Find("address") is { } address ? OfPage(address.AsText(), address.Pointer) : new(new EgressPeer.Module(name, MetricsPort), Metrics, watched.Pointer);
            }
        }

        if (module.Find("MetricsEndpointsCSV") is (var list, var pointer))
        {
            foreach (string page in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                yield return OfPage(page, pointer);
            }
        }
    }

    // A name of a module keeps its capitals.
    private static EgressNeed OfPage(string page, string pointer) => Uri.TryCreate(page, UriKind.Absolute, out Uri? address)
        ? new(new EgressPeer.Module(page.Substring(page.IndexOf(address.Host, StringComparison.OrdinalIgnoreCase), address.Host.Length), address.Port), Metrics, pointer)
        : new(new EgressPeer.Unreadable(page, "This must be an http address."), Metrics, pointer);

    private static IEnumerable<EgressNeed> OfRevocation(Container module) =>
        module.Find(RevocationFolder) is (_, var pointer) ? [new(new EgressPeer.RevocationLists(), "revocation lists", pointer)] : [];

    private static IEnumerable<(string Name, ManifestNode Node)> Members(ManifestNode? section, string name) => section?.Find(name) is { Value: JsonObject } found ? found.Members : [];
}
