using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sallyport.Simulator.Modules;
using Sallyport.TestKit;

namespace Sallyport.EndToEnd.Tests.Leaks;

/// <summary>A crash writes the memory of SecureBuffer, and so its keys, nowhere.</summary>
/// <remarks>The shell that starts a process is told by the kernel whether its core was dumped, wherever that went: to a file or into a pipe.</remarks>
public sealed class CoreDumpTests : IDisposable
{
    private const string Crashed = "Segmentation fault";
    private const string Dumped = "(core dumped)";

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-core-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task SIGSEGV_leaves_no_core_of_the_buffer_though_the_limit_was_lifted()
    {
        Peer.Require("bash");
        string prlimit = Peer.Require("prlimit");
        await RequireDumpsAsync(prlimit);
        string script = Script($"'{Peer.Require("dotnet")}' '{SimulatorRun.Built("SecureBuffer")}'");
        await using WatchedSimulation watched = await WatchedSimulation.StartAsync(ImmutableDictionary<string, string>.Empty.Add("SecureBuffer", script));
        ModuleProcess shell = watched.Simulation.Modules.Find("SecureBuffer")!;
        await watched.Simulation.Intake.Changed.WaitUntilAsync(() => !watched.Messages.IsEmpty, Cancellation);
        string processId = ChildOf(shell.Id);

        // Where root may do that, the kernel's own flag is all that is left.
        await RunAsync("/bin/sh", "-c", $"{prlimit} --core=unlimited:unlimited --pid {processId} || true");

        // The first one .NET takes for a fault of its own code that it cannot find, and takes its handler away.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (!shell.Exited.IsCompleted)
        {
            await RunAsync("/bin/sh", "-c", $"kill -SEGV {processId} || true");
            await timer.WaitForNextTickAsync(Cancellation);
        }

        ModuleExit exit = await shell.Exited;
        string said = string.Join('\n', exit.LastLines);
        Assert.Contains(Crashed, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Dumped, said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "core*"));
    }

    // Without this the test would pass on any machine that dumps nothing of anybody.
    private async Task RequireDumpsAsync(string prlimit)
    {
        Peer.RequireRoot("lifting the limit of core dumps of another process");
        string victim = Script($"{Peer.Require("sleep")} 60");
        ModuleProcess shell = ModuleProcess.Start(
            "victim", new ModuleProgram(victim, []), ImmutableDictionary<string, string>.Empty.Add("PATH", Environment.GetEnvironmentVariable("PATH")!), (_, _) => { }, TimeProvider.System);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        string child = "";
        while (child.Length == 0 || !(await File.ReadAllTextAsync($"/proc/{child}/comm", Cancellation)).StartsWith("sleep", StringComparison.Ordinal))
        {
            await timer.WaitForNextTickAsync(Cancellation);
            child = ChildOf(shell.Id);
        }

        await RunAsync(prlimit, "--core=unlimited:unlimited", "--pid", child);
        await RunAsync("/bin/kill", "-SEGV", child);
        string said = string.Join('\n', (await shell.Exited.WaitAsync(Cancellation)).LastLines);
        Assert.Contains(Crashed, said, StringComparison.Ordinal);
        if (!said.Contains(Dumped, StringComparison.Ordinal))
        {
            Peer.Missing("This machine dumps the core of no process.");
        }

        Array.ForEach(Directory.GetFiles(_folder, "core*"), File.Delete);
    }

    /// <summary>The command is not the last one, so that the shell does not become it and can tell how it ended.</summary>
    private string Script(string command)
    {
        string path = Path.Combine(_folder, "run.sh");
        File.WriteAllText(path, $"#!/bin/bash\ncd '{_folder}'\nulimit -c unlimited\n{command}\nexit $?\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static string ChildOf(int processId) =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task/{processId}/children")).Trim();

    private static async Task RunAsync(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }
}
