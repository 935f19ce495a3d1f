using System.Collections.Immutable;
using Sallyport.Ctl.Manifests;
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

    /// <summary>Reads a template or a deployed manifest.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="placeholder">Gives the value of a placeholder, or null.</param>
    /// <exception cref="ManifestException">Something is wrong; the message begins with the JSON pointer.</exception>
    public static Deployment Parse(string json, Func<string, string?> placeholder)
    {
        // What IoT Hub or edgeAgent would refuse, no firewall needs to know.
        ImmutableHashSet<string> running = [.. DeploymentManifest.Parse(json, placeholder).Modules.Select(module => module.Name)];
        var document = DeploymentDocument.Read(json, placeholder);
        _ = document.Agent["systemModules"]; // Without them nothing would be opened to IoT Hub: refused.
        return new([.. document.Containers
            .Where(container => container.IsSystem || running.Contains(container.Name))
            .Select(container => new DeployedModule(container, document.DesiredOf(container.Name)))]);
    }
}
