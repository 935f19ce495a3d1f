using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Settings of the kernel and swap, from /proc.</summary>
internal static class KernelGatherer
{
    private static readonly string[] Wanted =
    [
        "fs.suid_dumpable", "kernel.core_pattern", "kernel.dmesg_restrict", "kernel.kptr_restrict", "kernel.randomize_va_space",
        "net.ipv4.conf.all.accept_redirects", "net.ipv4.conf.all.accept_source_route", "net.ipv4.conf.all.rp_filter", "net.ipv4.conf.all.send_redirects",
        "net.ipv4.ip_forward", "net.ipv4.tcp_syncookies", "net.ipv6.conf.all.forwarding",
    ];

    private static readonly string[] CoredumpFiles = ["/etc/systemd/coredump.conf.d", "/usr/lib/systemd/coredump.conf.d"];

    public static Section<KernelFacts> Gather(HostView host)
    {
        if (!host.Exists("/proc/sys/kernel") || !host.Exists("/proc/swaps"))
        {
            return Section.Unknown<KernelFacts>("/proc/sys and /proc/swaps are not there.");
        }

        MountTable mounts = MountTable.Read(host);
        List<KernelSetting> settings = [.. Wanted
            .Select(name => (name, value: host.Line($"/proc/sys/{name.Replace('.', '/')}")))
            .Where(one => one.value is not null)
            .Select(one => new KernelSetting(one.name, one.value!))];
        if (CoredumpStorage(host) is { } storage)
        {
            settings.Add(new KernelSetting("systemd.coredump.storage", storage));
        }

        return Section.Found(new KernelFacts(
            [.. settings],
            [.. host.Lines("/proc/swaps").Skip(1).Select(line => line.Split((char[])[' ', '\t'])[0]).Select(device => new SwapArea(device, IsEncrypted(mounts, device)))]));
    }

    private static bool IsEncrypted(MountTable mounts, string device)
    {
        if (device.StartsWith("/dev/", StringComparison.Ordinal))
        {
            // zram is memory.
            return Path.GetFileName(device).StartsWith("zram", StringComparison.Ordinal) || mounts.IsEncryptedDevice(device);
        }

        return mounts.Of(device) is { } mount && mounts.IsEncrypted(mount);
    }

    // coredump.conf(5): files in folders come after the main one, by name; the last word counts.
    private static string? CoredumpStorage(HostView host)
    {
        IEnumerable<string> files = CoredumpFiles
            .SelectMany(folder => host.Names(folder, "*.conf").Select(name => (name, path: Path.Combine(folder, name))))
            .OrderBy(file => file.name, StringComparer.Ordinal)
            .Select(file => file.path)
            .Prepend("/etc/systemd/coredump.conf");
        return files.SelectMany(host.Lines)
            .Where(line => line.StartsWith("Storage", StringComparison.Ordinal) && line.Contains('=', StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().ToLowerInvariant())
            .LastOrDefault();
    }
}
