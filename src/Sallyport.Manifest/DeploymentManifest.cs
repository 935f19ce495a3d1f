using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Manifest;

/// <summary>A deployment as IoT Hub would hand it to an edge device, read and checked.</summary>
/// <param name="Modules">Modules that are to run, in the order in which they start.</param>
/// <param name="EdgeHub">What edgeHub is told.</param>
/// <param name="EdgeAgentEnvironment">Variables of edgeAgent, some of which it hands on to modules.</param>
internal sealed record DeploymentManifest(
    ImmutableArray<ModuleEntry> Modules,
    EdgeHubConfiguration EdgeHub,
    ImmutableDictionary<string, string> EdgeAgentEnvironment)
{
    private const string Desired = "properties.desired";
    private const string EdgeAgentSection = "$edgeAgent";
    private const string EdgeHubSection = "$edgeHub";
    private const long LastToStart = uint.MaxValue;

    /// <summary>Reads a template or a deployed manifest.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="placeholder">Gives the value of a placeholder, or null.</param>
    /// <exception cref="ManifestException">Something is wrong; the message begins with the JSON pointer.</exception>
    public static DeploymentManifest Parse(string json, Func<string, string?> placeholder)
    {
        var root = new ManifestNode(ParseJson(json), string.Empty);
        var content = root.Find("content") is { } layered ? layered["modulesContent"] : root["modulesContent"];
        var agent = content[EdgeAgentSection][Desired];
        var hub = content[EdgeHubSection][Desired];
        Placeholders.Expand(content, placeholder);
        ManifestLimits.Check(content);
        CheckSchema(agent["schemaVersion"]);

        var modules = agent.Find("modules") is { } map ? map.Members.ToArray() : [];
        foreach (var (name, section) in content.Members.ExceptBy([EdgeAgentSection, EdgeHubSection, .. modules.Select(module => module.Name)], section => section.Name, StringComparer.Ordinal))
        {
            throw new ManifestException(section.Pointer, $"{EdgeAgentSection} has no module {name}.");
        }

        return new(
            [.. modules.Where(Runs).Select(module => Read(module.Name, module.Node, content)).OrderBy(module => module.StartupOrder)],
            RouteEndpoints.Read(hub, [.. modules.Select(module => module.Name)]),
            agent.Find("systemModules")?.Find("edgeAgent") is { } edgeAgent ? Variables(edgeAgent) : ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>Reads JSON as the deployment tools do: with comments, and without repeated members.</summary>
    /// <exception cref="ManifestException">It is none.</exception>
    public static JsonNode? ParseJson(string json)
    {
        try
        {
            return JsonNode.Parse(
                json,
                documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false });
        }
        catch (JsonException notJson)
        {
            throw new ManifestException(string.Empty, $"The manifest is not JSON: {notJson.Message}");
        }
    }

    /// <summary>edgeAgent takes 1.0 and 1.1, and refuses anything else as a whole.</summary>
    private static void CheckSchema(ManifestNode version)
    {
        if (!Version.TryParse(version.AsText(), out var parsed) || parsed is not { Major: 1, Minor: 0 or 1 })
        {
            throw new ManifestException(version.Pointer, "edgeAgent knows the schemas 1.0 and 1.1.");
        }
    }

    private static bool Runs((string Name, ManifestNode Node) module) =>
        module.Node["type"].AsOneOf("docker").Length > 0 && module.Node["status"].AsOneOf("running", "stopped") is "running";

    private static ModuleEntry Read(string name, ManifestNode module, ManifestNode content)
    {
        var settings = module["settings"];
        module.Find("restartPolicy")?.AsOneOf("never", "on-failure", "on-unhealthy", "always");
        return new(
            name,
            ModuleImage.Parse(settings["image"].AsText()),
            module.Pointer,
            module.Find("startupOrder")?.AsInteger(0, LastToStart) ?? LastToStart,
            Variables(module),
            CreateOptions.Read(settings),
            content.Find(name)?.Find(Desired) is { } desired ? Copy(desired) : []);
    }

    private static ImmutableDictionary<string, string> Variables(ManifestNode module) =>
        (module.Find("env")?.Members ?? []).ToImmutableDictionary(variable => variable.Name, variable => variable.Node["value"].AsText(), StringComparer.Ordinal);

    private static JsonObject Copy(ManifestNode node) => node.AsObject().DeepClone().AsObject();
}
