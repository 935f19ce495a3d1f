using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Sallyport.TestKit;

/// <summary>One run of the simulator as a process of its own, as a person would start it.</summary>
public sealed record SimulatorRun(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The JSON summary in the last line.</summary>
    public JsonElement Summary => JsonElement.Parse(Output.TrimEnd().Split('\n')[^1]);

    public static async Task<SimulatorRun> StartAsync(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Built("Sallyport.Simulator"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = RepositoryRoot.Path,
        })!;
        try
        {
            CancellationToken cancellation = TestContext.Current.CancellationToken;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation).WaitAsync(Patience, cancellation);
            string text = await output;
            TestContext.Current.TestOutputHelper?.WriteLine(await errors + text);
            return new SimulatorRun(process.ExitCode, text);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public int Count(string name) => Summary.GetProperty(name).GetInt32();

    /// <summary>The assembly of a project that was built in the same configuration as these tests.</summary>
    public static string Built(string project)
    {
        DirectoryInfo here = new(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, project + ".dll");
    }
}
