namespace Sallyport.Ctl.Posture.Collect;

/// <summary>What is mounted where, from mountinfo in proc(5).</summary>
internal sealed class MountTable
{
    private readonly HostView _host;

    private MountTable(HostView host, Mount[] mounts)
    {
        (_host, Mounts) = (host, mounts);
    }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<Mount> Mounts { get; }

    public static MountTable Read(HostView host) => new(host, [.. host.Lines("/proc/self/mountinfo").Select(Mount.Read).OfType<Mount>()]);

    /// <summary>The mount that a path lies on; null if the table has none.</summary>
    public Mount? Of(string path) => Mounts
        .Where(mount => mount.Point is "/" || string.Equals(path, mount.Point, StringComparison.Ordinal) || path.StartsWith(mount.Point + "/", StringComparison.Ordinal))
        .Aggregate((Mount?)null, (best, next) => best is null || next.Point.Length >= best.Point.Length ? next : best);

    /// <summary>Whether all that is written to a mount is encrypted on its way, or stays in memory.</summary>
    public bool IsEncrypted(Mount mount) => mount.Kind is "tmpfs" or "ramfs" || IsEncrypted($"/sys/dev/block/{mount.Number}") || IsEncryptedDevice(mount.Source);

    /// <summary>The same, of a block device by its path.</summary>
    public bool IsEncryptedDevice(string device)
    {
        string name = Path.GetFileName(device);
        if (device.StartsWith("/dev/mapper/", StringComparison.Ordinal))
        {
            name = _host.Names("/sys/block", "dm-*").FirstOrDefault(one => string.Equals(_host.Line($"/sys/block/{one}/dm/name"), name, StringComparison.Ordinal)) ?? "";
        }

        return device.StartsWith("/dev/", StringComparison.Ordinal) && name.Length > 0 && IsEncrypted($"/sys/class/block/{name}");
    }

    // Of LVM or RAID over several devices each must be encrypted.
    private bool IsEncrypted(string folder)
    {
        if (_host.Line($"{folder}/dm/uuid") is { } id && id.StartsWith("CRYPT-", StringComparison.Ordinal))
        {
            return true;
        }

        string[] below = _host.Names($"{folder}/slaves");
        return below.Length > 0 && Array.TrueForAll(below, one => IsEncrypted($"{folder}/slaves/{one}"));
    }
}
