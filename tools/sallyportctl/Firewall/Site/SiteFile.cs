using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Site;

/// <summary>What the manifest cannot know: levels, addresses, and who may come in.</summary>
/// <param name="Levels">Networks of the levels 0 to 3.</param>
/// <param name="Gateway">The gateway.</param>
/// <param name="Broker">IoT Hub, for MQTT over TLS.</param>
/// <param name="Names">Addresses of names.</param>
/// <param name="RevocationLists">Where revocation lists are fetched from.</param>
/// <param name="Management">What the host itself reaches over HTTPS.</param>
/// <param name="Stations">Who may come in by SSH.</param>
/// <param name="NameServers">DNS.</param>
/// <param name="TimeServers">NTP.</param>
/// <param name="Conduit">What else goes through the zone firewall.</param>
internal sealed record SiteFile(
    ImmutableSortedDictionary<int, ImmutableArray<IPNetwork>> Levels,
    GatewaySite Gateway,
    SiteEndpoint Broker,
    ImmutableDictionary<string, ImmutableArray<IPNetwork>> Names,
    ImmutableArray<SiteEndpoint> RevocationLists,
    ImmutableArray<SiteEndpoint> Management,
    ImmutableArray<IPNetwork> Stations,
    ImmutableArray<IPNetwork> NameServers,
    ImmutableArray<IPNetwork> TimeServers,
    ImmutableArray<SiteFlow> Conduit)
{
    /// <summary>The name of the format.</summary>
    public const string Schema = "sallyport.site/1";

    private const int MqttPort = 8883;
    private const int HttpPort = 80;
    private const int HttpsPort = 443;
    private const int HighestControlLevel = 2;

    /// <summary>Reads a site file.</summary>
    /// <exception cref="ManifestException">Something is wrong; the message begins with the JSON pointer.</exception>
    public static SiteFile Parse(string json)
    {
        var root = new ManifestNode(DeploymentManifest.ParseJson(json), string.Empty)
            .Only("schema", "levels", "gateway", "broker", "names", "revocationLists", "management", "nameServers", "timeServers", "conduit");
        _ = root["schema"].AsOneOf(Schema);
        var management = root.Find("management")?.Only("endpoints", "stations");
        return new(
            root["levels"].Only("0", "1", "2", "3").Members.ToImmutableSortedDictionary(level => int.Parse(level.Name, CultureInfo.InvariantCulture), level => level.Node.AsNetworks()),
            GatewaySite.Read(root["gateway"]),
            root["broker"].AsEndpoint(MqttPort),
            (root.Find("names")?.Members ?? []).ToImmutableDictionary(name => name.Name, name => name.Node.AsNetworks(), StringComparer.OrdinalIgnoreCase),
            [.. root.ElementsOf("revocationLists").Select(one => one.AsEndpoint(HttpPort))],
            [.. management?.ElementsOf("endpoints").Select(one => one.AsEndpoint(HttpsPort)) ?? []],
            [.. management?.ElementsOf("stations").Select(SiteValue.AsNetwork) ?? []],
            [.. root.ElementsOf("nameServers").Select(one => one.AsAddress().Alone())],
            [.. root.ElementsOf("timeServers").Select(one => one.AsAddress().Alone())],
            [.. (root.Find("conduit")?.Members ?? []).Select(flow => SiteFlow.Read(flow.Name, flow.Node))]);
    }

    /// <summary>The addresses of a host that something asks for.</summary>
    /// <exception cref="ManifestException">It is a name that the site file gives no address.</exception>
    public ImmutableArray<IPNetwork> AddressesOf(string host, string purpose)
    {
        if (SiteValue.TryAddress(host, out var address))
        {
            return [address.Alone()];
        }

        return Names.TryGetValue(host, out var addresses)
            ? addresses
            : throw new ManifestException("/names", $"{host} ({purpose}) has no address here: a packet has no name, so add \"{host}\": [\"…\"] with its addresses or networks.");
    }

    /// <summary>Whether all of a network belongs to the levels of control, 0 to 2.</summary>
    public bool IsControl(IPNetwork network) => Levels.Where(level => level.Key <= HighestControlLevel).Any(level => level.Value.Any(one => one.Holds(network)));
}
