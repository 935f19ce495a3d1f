using System.Collections.Immutable;
using Sallyport.Manifest;

namespace Sallyport.Simulator.Modules;

/// <summary>What is started for a module.</summary>
/// <param name="FileName">Executable.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ModuleProgram(string FileName, ImmutableArray<string> Arguments)
{
    /// <summary>The programs of all modules, by name.</summary>
    /// <param name="manifest">The deployment.</param>
    /// <param name="given">Executables or assemblies by module name.</param>
    /// <param name="isAheadOfTime">Whether those are meant that eng/publish.sh compiled.</param>
    /// <exception cref="ManifestException">One has no program.</exception>
    public static Dictionary<string, ModuleProgram> FindAll(DeploymentManifest manifest, IReadOnlyDictionary<string, string> given, bool isAheadOfTime) =>
        manifest.Modules.ToDictionary(module => module.Name, module => Find(module, given, AppContext.BaseDirectory, isAheadOfTime), StringComparer.Ordinal);

    /// <summary>Finds the program of a module: the one given by hand, or the one that was built beside the simulator.</summary>
    /// <param name="module">The manifest's entry.</param>
    /// <param name="given">Executables or assemblies by module name.</param>
    /// <param name="simulatorFolder">Where the simulator runs from: <c>artifacts/bin/NAME/CONFIGURATION</c>.</param>
    /// <param name="isAheadOfTime">Whether the one is meant that eng/publish.sh compiled.</param>
    /// <exception cref="ManifestException">There is no program.</exception>
    public static ModuleProgram Find(ModuleEntry module, IReadOnlyDictionary<string, string> given, string simulatorFolder, bool isAheadOfTime = false)
    {
        var image = $"{module.Pointer}/settings/image";
        var path = given.GetValueOrDefault(module.Name) ?? module.Image switch
        {
            ModuleImage.Built built => isAheadOfTime ? Published(built.Folder, simulatorFolder) : BesideSimulator(built.Folder, simulatorFolder),
            ModuleImage.Pulled pulled => throw new ManifestException(
                image,
                $"{pulled.Reference} comes from a registry; the simulator starts programs. Give one with --module {module.Name}=PATH."),
            _ => throw new InvalidOperationException($"{module.Image.GetType().Name} is not an image."),
        };
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new ManifestException(image, $"There is no program {full}. {(isAheadOfTime ? "Run eng/publish.sh" : "Build it")}, or give another with --module {module.Name}=PATH.");
        }

        return full.EndsWith(".dll", StringComparison.Ordinal)
            ? new(DotnetHost(), [full, .. module.CreateOptions.Arguments])
            : new(full, module.CreateOptions.Arguments);
    }

    private static string BesideSimulator(string folder, string simulatorFolder)
    {
        var configuration = new DirectoryInfo(Path.TrimEndingDirectorySeparator(simulatorFolder));
        var bin = configuration.Parent?.Parent?.FullName ?? configuration.FullName;
        return Path.Combine(bin, folder, configuration.Name, $"{folder}.dll");
    }

    // artifacts/bin/NAME/CONFIGURATION -> artifacts/aot/MODULE/MODULE
    private static string Published(string folder, string simulatorFolder) =>
        Path.Combine(simulatorFolder, "..", "..", "..", "aot", folder, folder);

    /// <summary>The host that runs the simulator, so that modules run on the same one.</summary>
    private static string DotnetHost() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Path.GetFileName(Environment.ProcessPath) is "dotnet" ? Environment.ProcessPath! : "dotnet");
}
