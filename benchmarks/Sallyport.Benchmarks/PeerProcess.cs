using System.Diagnostics;

namespace Sallyport.Benchmarks;

/// <summary>A program that runs beside the measurement and says on its first line that it is ready. It ends with its standard input, or is ended.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process, string greeting) => (_process, Greeting) = (process, greeting);

    /// <summary>Its first line.</summary>
    public string Greeting { get; }

    /// <exception cref="PreconditionException">It ended before it was ready.</exception>
    public static async Task<PeerProcess> StartAsync(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string? greeting = await process.StandardOutput.ReadLineAsync();
        return greeting is not null
            ? new PeerProcess(process, greeting)
            : throw new PreconditionException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} did not start.");
    }

    /// <summary>Sends a line and gives the line that comes back.</summary>
    public async Task<string> AskAsync(string question = "")
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{_process.StartInfo.FileName} ended.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
