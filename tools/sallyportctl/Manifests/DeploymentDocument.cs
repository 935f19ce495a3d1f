using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests;

/// <summary>A template or a built manifest as it stands in a file: read far enough to be judged, however wrong it is.</summary>
internal sealed class DeploymentDocument
{
    private const string Desired = "properties.desired";

    private DeploymentDocument(ManifestNode root, ManifestNode content)
    {
        IsTemplate = root.Find("$schema-template") is not null;
        Content = content;
        Agent = content["$edgeAgent"][Desired];
        Hub = content["$edgeHub"][Desired];
        Containers =
        [
            .. Members(Agent.Find("systemModules")).Select(module => new Container(module.Name, IsSystem: true, module.Node)),
            .. Members(Agent.Find("modules")).Select(module => new Container(module.Name, IsSystem: false, module.Node)),
        ];
        Routes = [.. Members(Hub.Find("routes")).Select(route => RouteEntry.Of(route.Name, route.Node))];
    }

    /// <summary>Whether it is made into manifests, and not deployed itself: images have no digests yet, and placeholders may stand in it.</summary>
    public bool IsTemplate { get; }

    /// <summary>The object <c>modulesContent</c>.</summary>
    public ManifestNode Content { get; }

    /// <summary>Desired properties of edgeAgent.</summary>
    public ManifestNode Agent { get; }

    /// <summary>Desired properties of edgeHub.</summary>
    public ManifestNode Hub { get; }

    /// <summary>System modules and then modules, in the order of the file.</summary>
    public ImmutableArray<Container> Containers { get; }

    /// <summary>Modules without the system modules.</summary>
    public IEnumerable<Container> Modules => Containers.Where(container => !container.IsSystem);

    /// <summary>The routes, also those that cannot be read.</summary>
    public ImmutableArray<RouteEntry> Routes { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="json">Its content.</param>
    /// <param name="find">Values of placeholders; those without one stay.</param>
    /// <exception cref="ManifestException">It is no deployment at all.</exception>
    public static DeploymentDocument Read(string json, Func<string, string?> find)
    {
        var root = new ManifestNode(DeploymentManifest.ParseJson(json), "");
        ManifestNode content = root.Find("content") is { } deployment ? deployment["modulesContent"] : root["modulesContent"];
        Placeholders.Expand(content, name => find(name) ?? $"${{{name}}}");
        return new DeploymentDocument(root, content);
    }

    /// <summary>A system module.</summary>
    public Container? SystemModule(string name) => Containers.FirstOrDefault(container => container.IsSystem && string.Equals(container.Name, name, StringComparison.Ordinal));

    /// <summary>The desired properties of a module; null if the manifest has none.</summary>
    public ManifestNode? DesiredOf(string module) => Content.Find(module)?.Find(Desired);

    /// <summary>All texts below a node.</summary>
    public static IEnumerable<(ManifestNode Node, string Text)> Texts(ManifestNode node) => node.Value switch
    {
        JsonObject => node.Members.SelectMany(member => Texts(member.Node)),
        JsonArray => node.Elements.SelectMany(Texts),
        JsonValue value when value.TryGetValue(out string? text) => [(node, text)],
        _ => [],
    };

    /// <summary>Whether a text has a placeholder that nobody gave a value.</summary>
    public static bool IsOpen(string text) => text.Contains("${", StringComparison.Ordinal);

    private static IEnumerable<(string Name, ManifestNode Node)> Members(ManifestNode? node) => node?.Members ?? [];
}
