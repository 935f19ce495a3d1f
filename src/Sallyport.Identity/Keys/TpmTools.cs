using System.ComponentModel;
using System.Diagnostics;

namespace Sallyport.Identity.Keys;

/// <summary>Runs tpm2-tools, one short process for each step: .NET can use keys of a TPM, and cannot make them. No secret goes through them.</summary>
internal sealed class TpmTools(TpmOptions options, TimeProvider time)
{
    private const int MostReason = 300;

    // Making a key takes a slow TPM some seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public async Task<TpmToolRun> RunAsync(string tool, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(options.ToolFolder, tool), ["--tcti=" + options.Transport.Tcti, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new TpmToolRun.Failed($"{start.FileName} does not start ({e.Message}): install tpm2-tools");
        }

        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(either.Token);
            string output = await process.StandardOutput.ReadToEndAsync(either.Token);
            string reason = await errors;
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? new TpmToolRun.Succeeded(output) : new TpmToolRun.Failed($"{tool} says: {Short(reason)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TpmToolRun.Failed($"{tool} did not end within {Limit.TotalSeconds} s: the TPM does not answer");
        }
        finally
        {
            Stop(process);
        }
    }

    private static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    // The last line says what failed; those before it say where in the libraries.
    private static string Short(string said)
    {
        string line = said.ReplaceLineEndings("\n").Trim().Split('\n')[^1].Trim();
        string first = said.ReplaceLineEndings("\n").Trim().Split('\n')[0].Trim();
        string text = string.Equals(first, line, StringComparison.Ordinal) ? line : $"{first} … {line}";
        return text.Length <= MostReason ? text : text[..MostReason];
    }
}
