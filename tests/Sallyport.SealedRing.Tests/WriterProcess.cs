using System.Diagnostics;
using System.Text;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>The program RingWriter, running. It is killed with the test, whatever happens.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process _process;

    private WriterProcess(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.StandardOutputEncoding = Encoding.ASCII;
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    public static WriterProcess Start(params string[] arguments) => new(new ProcessStartInfo("dotnet", [SimulatorRun.Built("RingWriter"), .. arguments]));

    /// <summary>Started by a shell in a folder.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="script">Ends in <c>exec dotnet "$@"</c>.</param>
    /// <param name="arguments">Of RingWriter.</param>
    public static WriterProcess StartIn(string folder, string script, params string[] arguments) => new(
        new ProcessStartInfo("sh", ["-c", script, "sh", SimulatorRun.Built("RingWriter"), .. arguments]) { WorkingDirectory = folder });

    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Reads up to a line.</summary>
    public async Task<List<string>> ReadToAsync(string last, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await ReadLineAsync(cancellationToken) is { } line && !string.Equals(line, last, StringComparison.Ordinal))
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Go()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>What it still had said; a last line that is not complete is left out.</summary>
    public async Task<string[]> RestAsync(CancellationToken cancellationToken)
    {
        string rest = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        return rest.Split('\n')[..^1];
    }

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
