using Microsoft.Extensions.Logging;
using Sallyport.Manifest;

namespace Sallyport.Simulator.Modules;

/// <summary>Modules whose image comes from a registry: the simulator starts programs, not containers, and does without them.</summary>
internal static partial class ForeignModules
{
    /// <summary>Leaves out what cannot be started, and says so.</summary>
    /// <param name="manifest">The deployment.</param>
    /// <param name="programs">Programs given by hand, by module: with one, a foreign module runs like any other.</param>
    /// <param name="logs">Where it is said.</param>
    public static DeploymentManifest LeaveOut(DeploymentManifest manifest, IReadOnlyDictionary<string, string> programs, ILoggerFactory logs)
    {
        ILogger logger = logs.CreateLogger(typeof(ForeignModules).FullName!);
        foreach (ModuleEntry module in manifest.Modules)
        {
            if (IsForeign(module) && module.Image is ModuleImage.Pulled pulled)
            {
                LogLeftOut(logger, module.Name, pulled.Reference);
            }
        }

        return manifest with { Modules = [.. manifest.Modules.Where(module => !IsForeign(module))] };

        bool IsForeign(ModuleEntry module) => module.Image is ModuleImage.Pulled && !programs.ContainsKey(module.Name);
    }

    [LoggerMessage(5603, LogLevel.Information, "{Module} is left out: {Image} comes from a registry, and the simulator starts programs. With --module {Module}=PATH it runs")]
    private static partial void LogLeftOut(ILogger logger, string module, string image);
}
