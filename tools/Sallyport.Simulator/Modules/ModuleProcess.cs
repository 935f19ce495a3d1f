using System.Collections.Immutable;
using System.Diagnostics;

namespace Sallyport.Simulator.Modules;

/// <summary>One module as a child process.</summary>
/// <remarks>It runs in a session of its own, so that Ctrl+C in a terminal reaches the simulator alone, which then stops modules in their order.</remarks>
internal sealed class ModuleProcess
{
    private const string SetSid = "/usr/bin/setsid";
    private const int MostLastLines = 20;

    /// <summary>How long output may go on after the end, when a grandchild holds the pipe.</summary>
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Queue<string> _lastLines = new();
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Action<string, string> _onLine;
    private bool _wasKilled;

    private ModuleProcess(string name, Process process, Action<string, string> onLine, TimeProvider time)
    {
        Name = name;
        Id = process.Id;
        _process = process;
        _onLine = onLine;
        _time = time;
        Exited = WaitAsync();
    }

    /// <summary>The module's name.</summary>
    public string Name { get; }

    /// <summary>Process id.</summary>
    public int Id { get; }

    /// <summary>Completes when the process has ended and its output is read.</summary>
    public Task<ModuleExit> Exited { get; }

    /// <summary>Starts a module.</summary>
    /// <param name="name">The module's name.</param>
    /// <param name="program">What to start.</param>
    /// <param name="environment">Its whole environment; nothing is inherited.</param>
    /// <param name="onLine">Takes each line of its output (module, line), on any thread.</param>
    /// <param name="time">For limits.</param>
    public static ModuleProcess Start(
        string name,
        ModuleProgram program,
        ImmutableDictionary<string, string> environment,
        Action<string, string> onLine,
        TimeProvider time)
    {
        var ownSession = File.Exists(SetSid);
        var start = new ProcessStartInfo(ownSession ? SetSid : program.FileName)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in ownSession ? [program.FileName, .. program.Arguments] : program.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program.FileName} did not start.");
        process.StandardInput.Close();
        return new(name, process, onLine, time);
    }

    /// <summary>Asks the process to stop, and kills it when it has not ended in time.</summary>
    /// <param name="limit">Its time.</param>
    /// <param name="abandon">Ends that time.</param>
    public async Task<ModuleExit> StopAsync(TimeSpan limit, CancellationToken abandon)
    {
        if (!Exited.IsCompleted)
        {
            UnixSignal.SendTerminate(Id);
        }

        try
        {
            return await Exited.WaitAsync(limit, _time, abandon);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            Kill();
            return await Exited;
        }
    }

    /// <summary>Ends the process and all that it started, at once.</summary>
    public void Kill()
    {
        try
        {
            Volatile.Write(ref _wasKilled, true);
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself, and its output is read: WaitAsync has let go of the process.
        }
    }

    private async Task<ModuleExit> WaitAsync()
    {
        var output = Task.WhenAll(PumpAsync(_process.StandardOutput), PumpAsync(_process.StandardError));
        await _process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAny(output, Task.Delay(OutputLimit, _time, CancellationToken.None));
        var exitCode = _process.ExitCode;
        _process.Dispose();
        lock (_lock)
        {
            return new(Name, exitCode, Volatile.Read(ref _wasKilled), [.. _lastLines]);
        }
    }

    private async Task PumpAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_lock)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > MostLastLines)
                {
                    _lastLines.Dequeue();
                }
            }

            _onLine(Name, line);
        }
    }
}
