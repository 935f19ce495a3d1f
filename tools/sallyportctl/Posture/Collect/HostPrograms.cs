using System.ComponentModel;
using System.Diagnostics;

namespace Sallyport.Ctl.Posture.Collect;

/// <summary>Asks programs of the host: those of the system's own folders alone, never of a PATH, for this runs as root.</summary>
internal static class HostPrograms
{
    private const int MostCharacters = 8 * 1024 * 1024;

    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs one to its end, at most 30 seconds.</summary>
    public static async Task<ProgramOutcome> RunAsync(string program, string[] arguments, CancellationToken stop)
    {
        if (Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) is not { } path)
        {
            return new ProgramOutcome.Missing();
        }

        using var deadline = new CancellationTokenSource(Limit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            using Process process = Process.Start(StartOf(path, arguments))!;
            return await ReadAsync(process, program, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ProgramOutcome.Failed($"{program} did not end within {Limit.TotalSeconds:0} s.");
        }
        catch (Win32Exception e)
        {
            return new ProgramOutcome.Failed($"{program} cannot be started: {e.Message}.");
        }
    }

    private static async Task<ProgramOutcome> ReadAsync(Process process, string program, CancellationToken either)
    {
        try
        {
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(either);
            string output = await process.StandardOutput.ReadToEndAsync(either);
            string said = await errors;
            await process.WaitForExitAsync(either);
            return process.ExitCode is 0 && output.Length <= MostCharacters
                ? new ProgramOutcome.Said(output)
                : new ProgramOutcome.Failed($"{program} failed: {FirstLine(said)}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ProcessStartInfo StartOf(string path, string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static string FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it said nothing.";
}
