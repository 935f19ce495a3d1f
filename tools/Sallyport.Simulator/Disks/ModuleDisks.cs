using System.Collections.Frozen;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Disks;

/// <summary>The small disks of the modules that a fault wants one for.</summary>
/// <param name="wanted">Modules that get one, and whether it is full from the start.</param>
/// <param name="folders">Where what is behind them lies.</param>
internal sealed class ModuleDisks(FrozenDictionary<string, bool> wanted, SimulationFolders folders) : IDisposable
{
    private readonly Dictionary<string, SmallDisk> _disks = new(StringComparer.Ordinal);

    /// <summary>A module's disk; null if none was wanted.</summary>
    public SmallDisk? Find(string module) => _disks.GetValueOrDefault(module);

    /// <summary>Demands that each disk belongs to a module that has a folder for one.</summary>
    /// <exception cref="DiskException">One does not.</exception>
    public static void Require(IEnumerable<string> wanted, DeploymentManifest manifest)
    {
        foreach (var name in wanted)
        {
            if (manifest.Modules.FirstOrDefault(module => string.Equals(module.Name, name, StringComparison.Ordinal)) is not { CreateOptions.Mounts.Length: > 0 })
            {
                throw new DiskException($"There is no module {name} with a mount in the manifest, so it has no disk that could be full or fail.");
            }
        }
    }

    /// <summary>Mounts a module's disk, if it is to have one, over the folder of its first mount. Done before its start.</summary>
    /// <exception cref="DiskException">There is none to be had.</exception>
    public void Mount(ModuleEntry module, ModuleVolumes volumes, Action<string> onMount)
    {
        if (!wanted.TryGetValue(module.Name, out var isFull))
        {
            return;
        }

        var disk = SmallDisk.Mount(volumes.FolderOf(module.CreateOptions.Mounts[0]), folders.CreatePool(module.Name), onMount);
        _disks.Add(module.Name, disk);
        if (isFull)
        {
            disk.FillButForSmallFiles();
        }
    }

    /// <summary>Unmounts all.</summary>
    public void Dispose()
    {
        foreach (var disk in _disks.Values)
        {
            disk.Dispose();
        }
    }
}
