using System.Collections.Immutable;
using Sallyport.Manifest;

namespace Sallyport.Simulator.Modules;

/// <summary>Maps the mounts of containers to folders below the simulator's state folder.</summary>
/// <remarks>Two modules that name the same source share a folder, as they would share a volume.</remarks>
internal sealed class ModuleVolumes(string stateFolder)
{
    /// <summary>The folder that stands for a mount's source.</summary>
    public string FolderOf(ModuleMount mount) =>
        Path.Combine(stateFolder, "volumes", mount.Source.Trim('/').Replace('/', '_'));

    /// <summary>Creates the folders of a module.</summary>
    public void Create(ImmutableArray<ModuleMount> mounts)
    {
        foreach (var mount in mounts)
        {
            Directory.CreateDirectory(FolderOf(mount));
        }
    }

    /// <summary>Turns a path below a mount's target into the path on this machine; leaves other values alone.</summary>
    public string OnHost(string value, ImmutableArray<ModuleMount> mounts)
    {
        foreach (var mount in mounts.OrderByDescending(mount => mount.Target.Length))
        {
            if (value.StartsWith(mount.Target, StringComparison.Ordinal)
                && (value.Length == mount.Target.Length || value[mount.Target.Length] == '/'))
            {
                return FolderOf(mount) + value[mount.Target.Length..];
            }
        }

        return value;
    }
}
