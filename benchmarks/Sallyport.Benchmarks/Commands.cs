using System.Diagnostics;

namespace Sallyport.Benchmarks;

/// <summary>Commands of this machine.</summary>
internal static class Commands
{
    private static readonly string[] Folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The full path of a command.</summary>
    /// <exception cref="PreconditionException">It is not there.</exception>
    public static string Require(string command, string package) =>
        Folders.Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists)
        ?? throw new PreconditionException($"{command} is missing: install {package} (eng/install-peers.sh does).");

    /// <summary>Runs a command to its end and gives what it printed.</summary>
    /// <exception cref="PreconditionException">It failed.</exception>
    public static async Task<string> RunAsync(string path, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new PreconditionException($"{Path.GetFileName(path)} ended with {process.ExitCode}.");
    }

    /// <summary>Runs a command, by its name, to its end. Null if it is missing or failed.</summary>
    public static async Task<string?> TryRunAsync(string command, params string[] arguments)
    {
        if (Folders.Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists) is not { } path)
        {
            return null;
        }

        using Process process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await errors;
        return process.ExitCode == 0 ? output : null;
    }
}
