using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests;

/// <summary>What a manifest says of one container.</summary>
/// <param name="Name">Name of the module.</param>
/// <param name="IsSystem">Whether it is edgeAgent or edgeHub.</param>
/// <param name="Node">Its entry.</param>
internal sealed record Container(string Name, bool IsSystem, ManifestNode Node)
{
    private const string BuiltHere = "${MODULES.";

    /// <summary>The section <c>settings</c>.</summary>
    public ManifestNode Settings => Node["settings"];

    /// <summary>The image entry.</summary>
    public ManifestNode Image => Settings["image"];

    /// <summary>The create options as an object, whichever way they are written; null if there are none.</summary>
    public ManifestNode? Options => CreateOptions.Find(Settings);

    /// <summary>What the engine is told of the container's surroundings.</summary>
    public ManifestNode? Host => Options?.Find("HostConfig");

    /// <summary>Where something that is missing from the surroundings would have to stand.</summary>
    public string HostPointer => $"{Node.Pointer}/settings/createOptions/HostConfig";

    /// <summary>Whether it is for looking for faults: such an image has a debugger in it, which a confined container does not let work.</summary>
    public bool IsDebug => IsBuiltHere
        ? Image.AsText().Contains(".debug", StringComparison.Ordinal)
        : ImageReference.TryParse(Image.AsText(), out ImageReference? image) && image.Tag?.EndsWith("debug", StringComparison.Ordinal) is true;

    /// <summary>Whether the image is one of this repository, by its folder or by its repository's name.</summary>
    public bool IsOurs => !IsSystem && ModuleEndpoints.Of(Name) is not null;

    /// <summary>Whether the image is built from a folder, and so has no reference yet.</summary>
    public bool IsBuiltHere => Image.AsText().StartsWith(BuiltHere, StringComparison.Ordinal);

    /// <summary>Variables of the manifest's <c>env</c> and of the create options' <c>Env</c>.</summary>
    public IEnumerable<(string Name, string Value, string Pointer)> Environment =>
    [
        .. (Node.Find("env")?.Members ?? []).Select(variable => (variable.Name, Text(variable.Node["value"]), variable.Node.Pointer)),
        .. (Options?.Find("Env")?.Elements ?? []).Select(Variable),
    ];

    /// <summary>The value of a variable; null if it is not set.</summary>
    public string? Variable(string name) => Find(name)?.Value;

    /// <summary>A variable with its place; null if it is not set.</summary>
    public (string Value, string Pointer)? Find(string name) =>
        Environment.Where(variable => string.Equals(variable.Name, name, StringComparison.Ordinal)).Select(variable => ((string, string)?)(variable.Value, variable.Pointer)).FirstOrDefault();

    /// <summary>Whether it runs: a module can be deployed and stopped.</summary>
    public bool IsRunning => IsSystem || Node["status"].AsOneOf("running", "stopped") is "running";

    /// <summary>Whether it has no network of its own, but the host's.</summary>
    public bool IsOnHost => Host?.Find("NetworkMode")?.AsText() is "host";

    /// <summary>The address that the manifest gives it, with its place; null if the engine gives one as they come.</summary>
    public ManifestNode? Address => (Options?.Find("NetworkingConfig")?.Find("EndpointsConfig")?.Members ?? [])
        .Select(network => network.Node.Find("IPAMConfig")?.Find("IPv4Address"))
        .FirstOrDefault(address => address is not null);

    /// <summary>The ports that it has the engine publish. One without an address is published on all of them, whatever its list lacks.</summary>
    public IEnumerable<PublishedPort> PublishedPorts =>
        from port in Host?.Find("PortBindings") is { Value: JsonObject } ports ? ports.Members : []
        from binding in port.Node.Value is JsonArray { Count: > 0 } ? port.Node.Elements : [port.Node with { Value = new JsonObject() }]
        select new PublishedPort(port.Name, binding.Find("HostIp")?.AsText() ?? "", binding.Find("HostPort")?.AsText() ?? "", binding.Pointer);

    /// <summary>Volumes and folders that it is given.</summary>
    public IReadOnlyList<ModuleMount> Mounts => CreateOptions.Read(Settings).Mounts;

    /// <summary>A member of the surroundings as a number; null if it is not there or is none.</summary>
    public long? Number(string name) => Host?.Find(name)?.Value is JsonValue value && value.TryGetValue(out long number) ? number : null;

    /// <summary>Whether a member of the surroundings is <c>true</c>.</summary>
    public bool IsSet(string name) => Host?.Find(name)?.Value?.GetValueKind() is JsonValueKind.True;

    /// <summary>A list of the surroundings; empty if it is not there.</summary>
    public IEnumerable<ManifestNode> List(string name) => Host?.Find(name)?.Elements ?? [];

    private static string Text(ManifestNode node) => node.Value?.GetValueKind() is JsonValueKind.String ? node.AsText() : node.Value?.ToJsonString() ?? "";

    private static (string Name, string Value, string Pointer) Variable(ManifestNode node)
    {
        string text = node.AsText();
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, "", node.Pointer) : (text[..equals], text[(equals + 1)..], node.Pointer);
    }
}
