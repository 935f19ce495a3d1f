using Xunit;

namespace Sallyport.TestKit;

/// <summary>Programs that nobody here wrote and that tests compare with: mbpoll, node, tshark and so on.</summary>
public static class Peer
{
    /// <summary>Set to 1 where a missing peer must not pass unnoticed.</summary>
    public const string RequireVariable = "SALLYPORT_REQUIRE_PEERS";

    /// <summary>Finds a command on the PATH. Without it the test is skipped with its reason, or fails where peers are required.</summary>
    /// <returns>Its full path.</returns>
    public static string Require(string command)
    {
        if (Find(command, Environment.GetEnvironmentVariable("PATH")) is { } path)
        {
            return path;
        }

        Missing($"The command '{command}' is not on the PATH.");
        return command;
    }

    /// <summary>Ends the test: skipped with this reason, or failed where peers are required. For peers that are not commands, such as a Python package.</summary>
    public static void Missing(string reason)
    {
        if (string.Equals(Environment.GetEnvironmentVariable(RequireVariable), "1", StringComparison.Ordinal))
        {
            Assert.Fail($"{reason} {RequireVariable}=1 demands it.");
        }

        Assert.Skip(reason);
    }

    /// <summary>Demands a Python package of the operating system's Python.</summary>
    public static void RequirePython(string package)
    {
        if (!Directory.Exists(Path.Combine("/usr/lib/python3/dist-packages", package)))
        {
            Missing($"The Python package '{package}' is not installed.");
        }
    }

    /// <summary>Demands the rights of root.</summary>
    /// <param name="purpose">What for: the end of the sentence «Root is needed for …».</param>
    public static void RequireRoot(string purpose)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Missing($"Root is needed for {purpose}.");
        }
    }

    /// <summary>The first file of that name in the folders of a PATH, or null.</summary>
    public static string? Find(string command, string? path) => (path ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, command))
        .FirstOrDefault(File.Exists);
}
