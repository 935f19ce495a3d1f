using System.Diagnostics;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>A peer that runs until its standard input closes, or for those that do not look at theirs, until it is killed.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    /// <summary>Starts a program that says «ready» on standard output once clients may come.</summary>
    public static async Task<PeerProcess> StartAsync(string program, params string[] arguments)
    {
        var peer = new PeerProcess(Launch(program, arguments));
        string? line = await peer._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(line is "ready", $"{program} {string.Join(' ', arguments)} did not start: {line}");
        return peer;
    }

    /// <summary>Starts a program and reads its standard error, where it says what it does, until enough was said.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="isReady">Looks at one line.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<PeerProcess> StartAsync(string program, Func<string, bool> isReady, params string[] arguments)
    {
        var peer = new PeerProcess(Launch(program, arguments));
        string? line;
        do
        {
            line = await peer._process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.True(line is not null, $"{program} {string.Join(' ', arguments)} did not start.");
        }
        while (!isReady(line));
        _ = peer._process.StandardError.ReadToEndAsync(CancellationToken.None);
        return peer;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it said on standard output.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Launch(program, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}{output}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static Process Launch(string program, string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
