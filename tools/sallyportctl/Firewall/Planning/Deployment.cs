using System.Collections.Immutable;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>The modules of a manifest that run, edgeAgent and edgeHub among them.</summary>
/// <param name="Modules">The modules.</param>
internal sealed record Deployment(ImmutableArray<DeployedModule> Modules)
{
    /// <summary>The agent of the runtime.</summary>
    public const string EdgeAgent = "edgeAgent";

    /// <summary>The broker of the modules.</summary>
    public const string EdgeHub = "edgeHub";

    private const string Desired = "properties.desired";

    /// <summary>Reads a template or a deployed manifest.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="placeholder">Gives the value of a placeholder, or null.</param>
    /// <exception cref="ManifestException">Something is wrong; the message begins with the JSON pointer.</exception>
    public static Deployment Parse(string json, Func<string, string?> placeholder)
    {
        // What IoT Hub or edgeAgent would refuse, no firewall needs to know.
        ImmutableHashSet<string> running = [.. DeploymentManifest.Parse(json, placeholder).Modules.Select(module => module.Name)];

        var root = new ManifestNode(DeploymentManifest.ParseJson(json), string.Empty);
        var content = root.Find("content") is { } layered ? layered["modulesContent"] : root["modulesContent"];
        Placeholders.Expand(content, placeholder);
        var agent = content["$edgeAgent"][Desired];
        return new(
        [
            .. agent["systemModules"].Members.Select(module => Read(module.Name, module.Node, content)),
            .. (agent.Find("modules")?.Members ?? []).Where(module => running.Contains(module.Name)).Select(module => Read(module.Name, module.Node, content)),
        ]);
    }

    private static DeployedModule Read(string name, ManifestNode entry, ManifestNode content) =>
        new(name, entry, content.Find(name)?.Find(Desired), CreateOptions.Find(entry["settings"]));
}
