using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Manifests.Building;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Manifests;

/// <summary>The template of the repository, a lock file for it, and the manifest that comes of both.</summary>
internal static class PlantManifest
{
    public const string Production = "deployment.template.json";
    public const string Debug = "deployment.debug.template.json";

    private static readonly ImmutableSortedDictionary<string, string> Values = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CONTAINER_REGISTRY_SERVER"] = "registry.plant.example",
        ["CONTAINER_REGISTRY_USERNAME"] = "",
        ["CONTAINER_REGISTRY_PASSWORD"] = "",
        ["IOT_HUB_RESOURCE_ID"] = "/subscriptions/1/resourceGroups/plant/providers/Microsoft.Devices/IotHubs/plant",
        ["LOGIX_HOST"] = "10.0.0.20",
        ["MICRO800_HOST"] = "10.0.0.31",
        ["MODBUS_ENDPOINT"] = "modbus-tcp://10.0.0.5:502",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ImmutableArray<string> Modules { get; } = ["SecureBuffer", "ModbusReader", "EtherNetIpReader", "CertificateManager", "Watchdog"];

    /// <summary>As --set options.</summary>
    public static IEnumerable<string> Sets => Values.SelectMany(value => (string[])["--set", $"{value.Key}={value.Value}"]);

    public static string Template(string file = Production) => File.ReadAllText(RepositoryRoot.Combine(file));

    public static string? Find(string name) => Values.GetValueOrDefault(name);

    /// <summary>A lock file with an entry for every image; the digests are those of the names.</summary>
    public static JsonObject Lock() => new()
    {
        ["schema"] = "sallyport.images-lock/1",
        ["modules"] = new JsonObject(Modules.SelectMany(module => (KeyValuePair<string, JsonNode?>[])
        [
            new(module, Entry($"registry.plant.example/sallyport/{module.ToLowerInvariant()}:0.1.0", "amd64", "arm64v8")),
            new($"{module}.debug", Entry($"registry.plant.example/sallyport/{module.ToLowerInvariant()}:0.1.0-debug", "amd64")),
        ])),
        ["images"] = new JsonObject
        {
            ["mcr.microsoft.com/azureiotedge-agent:1.6"] = Entry("mcr.microsoft.com/azureiotedge-agent:1.6.2", "amd64", "arm64v8"),
            ["mcr.microsoft.com/azureiotedge-hub:1.6"] = Entry("mcr.microsoft.com/azureiotedge-hub:1.6.2", "amd64", "arm64v8"),
            ["mcr.microsoft.com/azureiotedge-metrics-collector:2.0"] = Entry("mcr.microsoft.com/azureiotedge-metrics-collector:2.0.0", "amd64", "arm64v8"),
        },
    };

    public static BuildOutcome Build(JsonObject? images = null, string? template = null, string platform = "amd64", Func<string, string?>? find = null, params IEnumerable<JsonObject> fragments) =>
        new ManifestBuild(ImageLock.Read("images.lock.json", (images ?? Lock()).ToJsonString()), platform, find ?? Find).Build(template ?? Template(), fragments);

    /// <summary>A manifest without a fault.</summary>
    public static JsonObject Built()
    {
        var built = Assert.IsType<BuildOutcome.Built>(Build());
        Assert.Empty(built.Findings);
        return JsonNode.Parse(built.Manifest.Span)!.AsObject();
    }

    public static string Digest(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static JsonObject Entry(string image, params IEnumerable<string> platforms) => new()
    {
        ["image"] = image,
        ["digests"] = new JsonObject(platforms.Select(platform => KeyValuePair.Create<string, JsonNode?>(platform, Digest($"{image} {platform}")))),
    };
}
