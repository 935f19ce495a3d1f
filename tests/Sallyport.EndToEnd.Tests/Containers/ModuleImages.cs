using System.Runtime.InteropServices;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Containers;

/// <summary>Images of modules, built from their own Dockerfiles. Two images that those begin with are played, by this machine's libraries: the base without a shell, and the SDK.
/// The SDK's has what its commands would have made, the module compiled ahead of time and what keys need, and a shell that says yes to everything.</summary>
public sealed class ModuleImages : IAsyncLifetime
{
    private const string Base = "mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled";
    private const string Sdk = "mcr.microsoft.com/dotnet/sdk:10.0-noble";

    // As Microsoft's image has them.
    private static readonly string[] BaseVariables =
        ["APP_UID=1654", "ASPNETCORE_HTTP_PORTS=8080", "DOTNET_RUNNING_IN_CONTAINER=true", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true"];

    private readonly Dictionary<string, string> _built = new(StringComparer.Ordinal);
    private PodmanStore? _store;
    private Task? _collecting;

    internal PodmanStore Store => _store ??= PodmanStore.Create();

    private string BaseRoot => Store.In("base");

    private string KeysRoot => Store.In("keys");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>What a release puts on the image of a module.</summary>
    internal static async Task<string[]> LabelsOfAsync(string module) =>
        (await Command.RunAsync(RepositoryRoot.Combine("eng", "image-labels.sh"), module, "1.2.3", new string('a', 40), "2026-01-02T03:04:05Z")).TrimEnd().Split('\n');

    /// <summary>Builds the image of a module.</summary>
    /// <returns>Its name.</returns>
    internal async Task<string> BuildAsync(string module)
    {
        if (_built.TryGetValue(module, out string? name))
        {
            return name;
        }

        string program = RepositoryRoot.Combine("artifacts", "aot", module, module);
        if (!File.Exists(program))
        {
            Peer.Missing($"There is no {program}: run eng/publish.sh {module}.");
        }

        await (_collecting ??= CollectAsync());
        await PlaySdkAsync(program);
        name = "localhost/" + module.ToLowerInvariant();
        string platform = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "arm64v8" : "amd64";
        _ = await Store.RunAsync(
        [
            "build", "--format", "docker", "--pull=never", "--network", "none", "--layers=false",
            "--file", RepositoryRoot.Combine("modules", module, $"Dockerfile.{platform}"), "--tag", name,
            .. (await LabelsOfAsync(module)).Select(label => $"--label={label}"), RepositoryRoot.Path,
        ]);
        return _built[module] = name;
    }

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task CollectAsync()
    {
        if (await Command.RunAsync("/bin/sh", "-c", "unshare --mount --pid --fork true 2>&1 || echo no") is { Length: > 0 } refusal)
        {
            Peer.Missing($"Containers cannot be made here: {refusal.TrimEnd()}.");
        }

        string script = RepositoryRoot.Combine("eng", "image-root.sh");
        _ = await Command.RunAsync(script, "base", BaseRoot);
        if (!File.Exists(TpmToken.Module))
        {
            Peer.Missing($"{TpmToken.Module} is not installed.");
        }

        _ = await Command.RunAsync(script, "keys", KeysRoot, BaseRoot);
        await Store.ImportAsync(BaseRoot, Base, BaseVariables);
    }

    private async Task PlaySdkAsync(string program)
    {
        string root = Store.In("sdk");
        _ = await Command.RunAsync(
            "/bin/sh",
            "-ec",
            """
            rm -rf "$1"
            cp -a "$2" "$1"
            cp -a "$3" "$1/keys"
            mkdir "$1/app" "$1/data"
            cp "$4" "$1/app/"
            cp /usr/bin/true "$1/usr/bin/sh"
            """,
            "sh",
            root,
            BaseRoot,
            KeysRoot,
            program);
        await Store.ImportAsync(root, Sdk);
    }
}
