using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Sallyport.TestKit;

/// <summary>A peer that runs until its standard input closes, or for those that do not look at theirs, until it is killed.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>How long a peer may take to start: much longer than any takes on a busy machine, and shorter than a test waits.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _command;
    private bool _isDisposed;

    private PeerProcess(string program, string[] arguments)
    {
        _command = $"{program} {string.Join(' ', arguments)}";
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>The line with which it said that clients may come.</summary>
    public string FirstLine { get; private set; } = "";

    /// <summary>Starts a program that says one line on standard output once clients may come. If it ends instead, or says nothing, the test fails with what
    /// it said on standard error.</summary>
    public static async Task<PeerProcess> StartAsync(string program, params string[] arguments)
    {
        var peer = new PeerProcess(program, arguments);
        Task<string> errors = peer._process.StandardError.ReadToEndAsync(CancellationToken.None);
        await peer.StartAsync(
            async cancellation =>
            {
                peer.FirstLine = await peer._process.StandardOutput.ReadLineAsync(cancellation) ?? "";
                return peer.FirstLine.Length > 0;
            },
            () => errors);
        _ = peer._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return peer;
    }

    /// <summary>Starts a program and reads its standard error, where it says what it does, until enough was said.</summary>
    /// <param name="program">Name or path.</param>
    /// <param name="isReady">Looks at one line.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<PeerProcess> StartAsync(string program, Func<string, bool> isReady, params string[] arguments)
    {
        var peer = new PeerProcess(program, arguments);
        var said = new List<string>();
        await peer.StartAsync(
            async cancellation =>
            {
                while (await peer._process.StandardError.ReadLineAsync(cancellation) is { } line)
                {
                    said.Add(line);
                    if (isReady(line))
                    {
                        return true;
                    }
                }

                return false;
            },
            () => Task.FromResult(string.Join('\n', said)));
        _ = peer._process.StandardError.ReadToEndAsync(CancellationToken.None);
        return peer;
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    /// <returns>What it said on standard output.</returns>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        await using var peer = new PeerProcess(program, arguments);
        Task<string> errors = peer._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await peer._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await peer._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(peer._process.ExitCode == 0, $"{peer._command}: {await errors}{output}");
        return output;
    }

    /// <summary>Asks it to end as the interrupt key does, and waits until it did: programs that write files finish them.</summary>
    public async Task InterruptAsync()
    {
        using Process interrupt = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await interrupt.WaitForExitAsync(CancellationToken.None);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task StartAsync(Func<CancellationToken, Task<bool>> isReady, Func<Task<string>> said)
    {
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, TestContext.Current.CancellationToken);
        string reason = "ended before it was ready";
        try
        {
            if (await isReady(either.Token))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            reason = $"was not ready within {StartLimit.TotalSeconds} s";
            _process.Kill(entireProcessTree: true);
        }

        string errors = await said();
        await DisposeAsync();
        Assert.Fail($"{_command} {reason}. It said: {errors}");
    }
}
