using System.Diagnostics;
using Xunit;

namespace Sallyport.TestKit;

/// <summary>A program that is run to its end.</summary>
public static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a program. The test fails with what it said if it does not end with 0.</summary>
    /// <returns>What it said on standard output.</returns>
    public static Task<string> RunAsync(string program, params string[] arguments) => RunAsync(program, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>The same with variables in its environment.</summary>
    public static async Task<string> RunAsync(string program, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(limit.Token);

        // A daemon that it left behind may hold the other ends open.
        if (process.ExitCode != 0)
        {
            Assert.Fail($"{program} {string.Join(' ', arguments)}: {process.ExitCode}. {await errors}{await output}");
        }

        return arguments.Contains("--daemon", StringComparer.Ordinal) ? "" : await output;
    }
}
