using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator.Disks;
using Sallyport.Simulator.Modules;
using Sallyport.TestKit;

namespace Sallyport.Simulator.Tests.Modules;

/// <summary>Children are shell scripts, so that these tests see processes and signals, and nothing of .NET.</summary>
public sealed class ModuleSupervisorTests : IDisposable
{
    private static readonly ImmutableDictionary<string, string> Environment =
        ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin:/bin").Add("GREETING", "hello");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ModuleSupervisor _supervisor;

    public ModuleSupervisorTests() => _supervisor = new(
        (module, line) => _lines.Writer.TryWrite($"{module}: {line}"),
        TimeProvider.System,
        NullLogger<ModuleSupervisor>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _supervisor.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task A_module_sees_its_own_environment_and_nothing_else()
    {
        Start("Reader", "env; exec sleep 60");
        string[] lines = [await LineAsync(), await LineAsync()];
        Assert.Contains("Reader: GREETING=hello", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Reader: HOME=", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_module_is_asked_to_stop_and_its_exit_code_and_last_lines_are_known()
    {
        Start("Reader", "trap 'echo flushed; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        Assert.Equal("Reader: ready", await LineAsync());
        var exit = Assert.Single(await _supervisor.StopAsync(["Reader", "Nobody"], Patience, Cancellation));
        Assert.Equal(("Reader", 0, false), (exit.Module, exit.ExitCode, exit.WasKilled));
        Assert.Equal(["ready", "flushed"], exit.LastLines);
        Assert.Empty(_supervisor.Running);
        Assert.False(_supervisor.Died.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_module_that_does_not_stop_in_time_is_killed()
    {
        Start("Reader", "trap '' TERM; echo ready; while :; do sleep 0.05; done");
        await LineAsync();
        var exit = Assert.Single(await _supervisor.StopAsync(["Reader"], TimeSpan.FromMilliseconds(100), Cancellation));
        Assert.Equal((137, true), (exit.ExitCode, exit.WasKilled));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_module_that_ends_by_itself_has_died()
    {
        Start("Reader", "echo first; echo 'no such key: /points' >&2; exit 2");
        var died = await _supervisor.Died.WaitAsync(Cancellation);
        Assert.Equal(("Reader", 2, false), (died.Module, died.ExitCode, died.WasKilled));
        Assert.Equal(["first", "no such key: /points"], died.LastLines.Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_killed_module_stays_away_until_it_is_started_again_and_is_told_things_for_that_once()
    {
        Start("Reader", "echo \"$GREETING\"; exec sleep 60");
        Assert.Equal("Reader: hello", await LineAsync());
        await _supervisor.KillAsync("Reader");
        await _supervisor.KillAsync("Nobody");
        Assert.Empty(_supervisor.Running);
        _supervisor.StartAgain("Reader", ImmutableDictionary<string, string>.Empty.Add("GREETING", "once"));
        _supervisor.StartAgain("Reader", []);
        _supervisor.StartAgain("Nobody", []);
        Assert.Equal("Reader: once", await LineAsync());
        Assert.Equal(["Reader"], _supervisor.Running);
        await _supervisor.KillAsync("Reader");
        _supervisor.StartAgain("Reader", []);
        Assert.Equal("Reader: hello", await LineAsync());
        Assert.False(_supervisor.Died.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task Only_the_last_lines_are_kept()
    {
        Start("Reader", "i=0; while [ $i -lt 100 ]; do echo $i; i=$((i+1)); done; exit 1");
        var died = await _supervisor.Died.WaitAsync(Cancellation);
        Assert.Equal(Enumerable.Range(80, 20).Select(number => $"{number}"), died.LastLines);
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_kills_what_runs_with_all_that_it_started()
    {
        Start("Reader", "sleep 60 & echo $!; wait");
        var grandchild = int.Parse((await LineAsync())["Reader: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        _supervisor.Dispose();
        await GoneAsync(grandchild);
        Assert.False(_supervisor.Died.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_guard_kills_modules_when_the_simulator_vanishes()
    {
        // The pipe that a vanished simulator leaves ends: that is what the guard waits for.
        using var guard = OrphanGuard.Start();
        var module = ModuleProcess.Start("Reader", Shell("echo ready; exec sleep 60"), Environment, (_, line) => _lines.Writer.TryWrite(line), TimeProvider.System);
        await LineAsync();
        guard.Watch(module.Id);
        guard.Abandon();
        Assert.Equal(137, (await module.Exited.WaitAsync(Cancellation)).ExitCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_guard_unmounts_disks_when_the_simulator_vanishes()
    {
        Peer.RequireRoot("mounting a disk");
        Peer.Require("mkfs.ext4");
        using var guard = OrphanGuard.Start();
        var root = Directory.CreateTempSubdirectory("sallyport disk-").FullName;
        var (folder, pool) = (Directory.CreateDirectory(Path.Combine(root, "data")).FullName, Directory.CreateDirectory(Path.Combine(root, "pool")).FullName);
        using var disk = SmallDisk.Mount(folder, pool, guard.WatchMount);
        await File.WriteAllTextAsync(Path.Combine(folder, "there"), "", Cancellation);
        guard.Abandon();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (File.Exists(Path.Combine(folder, "there")) || Directory.EnumerateFiles(pool).Any())
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }

        Directory.Delete(root, recursive: true);
    }

    private static ModuleProgram Shell(string script) => new("/bin/sh", ["-c", script]);

    /// <summary>Waits for a process to go. The system has no event for somebody else's child.</summary>
    private static async Task GoneAsync(int processId)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (File.Exists($"/proc/{processId}/cmdline") && (await File.ReadAllTextAsync($"/proc/{processId}/cmdline", Cancellation)).Length > 0)
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private void Start(string name, string script) => _supervisor.Start(name, Shell(script), Environment);

    private async Task<string> LineAsync() => await _lines.Reader.ReadAsync(Cancellation);
}
