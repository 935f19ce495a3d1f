using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Simulator;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>Modules of a simulation that run in containers, with the create options and variables that the manifest gives them. The simulator starts a script for each, which
/// becomes podman, and is told what edgeAgent would tell: that alone is handed on.</summary>
internal sealed class ContainedModules
{
    private readonly PodmanStore _store;
    private readonly Dictionary<string, string> _images;

    private ContainedModules(PodmanStore store, Dictionary<string, string> images)
    {
        (_store, _images) = (store, images);

        // The simulator wants them to be there when it is put together.
        foreach (string module in images.Keys)
        {
            PodmanStore.WriteScript(ScriptOf(module), "");
        }
    }

    /// <summary>What the simulator starts, by module.</summary>
    public ImmutableDictionary<string, string> Programs => _images.Keys.ToImmutableDictionary(module => module, ScriptOf, StringComparer.Ordinal);

    /// <summary>Builds the images of some modules.</summary>
    public static async Task<ContainedModules> BuildAsync(ModuleImages images, params string[] modules)
    {
        var built = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string module in modules)
        {
            built[module] = await images.BuildAsync(module);
        }

        return new ContainedModules(images.Store, built);
    }

    /// <summary>The container of a module.</summary>
    public static string NameOf(string module) => module.ToLowerInvariant();

    /// <summary>Writes the scripts, once it is known where the simulation has its files.</summary>
    /// <param name="simulation">Not yet started.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="besides">Files and folders of this machine that containers need besides.</param>
    public async Task WriteAsync(EdgeSimulation simulation, JsonNode manifest, params string[] besides)
    {
        string volumes = Path.Combine(simulation.Folders.State, "volumes");

        // Of the simulation itself: roots, the factory's certificate, and another module's identity, at the paths that twins name.
        string[] shared = [simulation.Folders.TrustBundleFile, simulation.Folders.EnrollingGateway, volumes];
        foreach (string module in _images.Keys)
        {
            JsonNode entry = GatewayRun.ModuleOf(manifest, module);
            JsonObject options = entry["settings"]!["createOptions"]!.AsObject();
            string[] arguments =
            [
                "run", "--rm", "--replace", "--name", NameOf(module), "--network", "host",
                .. PodmanArguments.Of(options, volume => Path.Combine(volumes, volume)),
                "--env", "IOTEDGE_*", "--env", "Sallyport__ListenAddress",
                .. entry["env"]!.AsObject().SelectMany(one => (string[])["--env", $"{one.Key}={one.Value!["value"]}"]),
                .. shared.SelectMany(path => (string[])["--volume", $"{path}:{path}:ro"]),
                .. besides.SelectMany(path => (string[])["--volume", $"{path}:{path}"]),
            ];
            PodmanStore.WriteScript(
                ScriptOf(module),
                $"""
                socket=$(printf %s "$IOTEDGE_WORKLOADURI" | cut -c 8-)
                exec '{_store.Engine}' {string.Join(' ', arguments.Select(one => $"'{one}'"))} --volume "$socket:$socket" {_images[module]}
                """);
            foreach (JsonNode? mount in options["HostConfig"]!["Mounts"]!.AsArray())
            {
                string volume = Directory.CreateDirectory(Path.Combine(volumes, $"{mount!["Source"]}")).FullName;
                _ = await Command.RunAsync("chown", $"{options["User"]}", volume);
            }
        }
    }

    private string ScriptOf(string module) => _store.In($"run-{module}");
}
