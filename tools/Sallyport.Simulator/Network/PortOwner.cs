using System.Globalization;

namespace Sallyport.Simulator.Network;

/// <summary>Says who listens on a TCP port, as far as the operating system tells.</summary>
/// <remarks>proc(5): /proc/net/tcp and /proc/net/tcp6 give the socket's inode, /proc/[pid]/fd the process.</remarks>
internal static class PortOwner
{
    private const string Listening = "0A";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Such as «mosquitto (process 4711)»; «another process» if nobody can be named.</summary>
    public static string Find(int port)
    {
        foreach (string inode in Tables.SelectMany(file => Inodes(file, port)))
        {
            if (FindProcess(inode) is { } owner)
            {
                return owner;
            }
        }

        return "another process";
    }

    private static List<string> Inodes(string file, int port)
    {
        string suffix = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        var inodes = new List<string>();
        if (!File.Exists(file))
        {
            return inodes;
        }

        foreach (string line in File.ReadLines(file).Skip(1))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9
                && fields[1].EndsWith(suffix, StringComparison.Ordinal)
                && string.Equals(fields[3], Listening, StringComparison.Ordinal))
            {
                inodes.Add(fields[9]);
            }
        }

        return inodes;
    }

    private static string? FindProcess(string inode)
    {
        string wanted = $"socket:[{inode}]";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            string id = Path.GetFileName(folder);
            if (id.All(char.IsAsciiDigit) && Holds(Path.Combine(folder, "fd"), wanted))
            {
                return $"{File.ReadAllText(Path.Combine(folder, "comm")).Trim()} (process {id})";
            }
        }

        return null;
    }

    private static bool Holds(string folder, string wanted)
    {
        try
        {
            return Directory.EnumerateFiles(folder)
                .Any(file => string.Equals(new FileInfo(file).LinkTarget, wanted, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // The process ended, or belongs to somebody else.
        }
    }
}
