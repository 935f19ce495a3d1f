using System.Globalization;
using Sallyport.Posture;

namespace Sallyport.Watchdog.Posture;

/// <summary>The rights of this process, as the kernel tells them: proc(5).</summary>
internal static class OwnContainer
{
    /// <summary>Reads them; null if the kernel does not tell all of them.</summary>
    public static OwnContainerFacts? Read()
    {
        try
        {
            return Read(File.ReadAllLines("/proc/self/status"), File.ReadAllLines("/proc/self/mountinfo"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    internal static OwnContainerFacts? Read(string[] status, string[] mounts)
    {
        // Uid: real, effective, saved, file system.
        return int.TryParse(Field(status, "Uid").Split('\t').ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out int user)
            && ulong.TryParse(Field(status, "CapEff"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong capabilities)
            && Field(status, "NoNewPrivs") is { Length: 1 } noNew
            && Field(status, "Seccomp") is { Length: 1 } seccomp
            && Array.FindLast(mounts, line => line.Split(' ').ElementAtOrDefault(4) is "/") is { } root
            ? new OwnContainerFacts(user, capabilities, noNew is "1", seccomp is "2", IsReadOnly(root))
            : null;
    }

    private static bool IsReadOnly(string mount) => mount.Split(' ').ElementAtOrDefault(5)?.Split(',').Contains("ro", StringComparer.Ordinal) ?? false;

    private static string Field(string[] status, string name) =>
        Array.Find(status, line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim() ?? "";
}
