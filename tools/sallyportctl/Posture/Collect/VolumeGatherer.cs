using System.Collections.Immutable;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Where the gateway's data lies, and whether it is encrypted there: dm-crypt, below the file system or below LVM.</summary>
internal static class VolumeGatherer
{
    private static readonly (string Owner, string Path)[] Usual =
        [("engine", "/var/lib/docker"), ("engine", "/var/lib/containers"), ("daemon", "/var/lib/aziot")];

    public static Section<VolumeFacts> Gather(HostView host, ContainerEngine engine)
    {
        MountTable mounts = MountTable.Read(host);
        var found = ImmutableArray.CreateBuilder<DataFolder>();
        foreach ((string owner, string path) in engine.Folders.Concat(Usual).Where(folder => Directory.Exists(host.Map(folder.Path))).Distinct())
        {
            if (mounts.Of(path) is not { } mount || !(mount.IsOnDisk || mount.Kind is "tmpfs" or "ramfs"))
            {
                return Section.Unknown<VolumeFacts>($"The device of {path} cannot be seen from here.");
            }

            found.Add(new DataFolder(owner, path, mount.Point, mount.Source, mounts.IsEncrypted(mount)));
        }

        // edgeHub may have a folder of its own that is elsewhere.
        if (!engine.HasEdgeHub && found.All(folder => folder.IsEncrypted))
        {
            return Section.Unknown<VolumeFacts>("The container engine does not say which folders edgeHub has: it does not answer, or edgeHub does not run.");
        }

        return found.Count is 0 ? Section.Unknown<VolumeFacts>("None of the folders of the gateway was found.") : Section.Found(new VolumeFacts(found.ToImmutable()));
    }
}
