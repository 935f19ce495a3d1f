using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.EdgeAgent;

namespace Sallyport.Simulator.Modules;

/// <summary>Starts the modules, notices when one dies, and stops them in waves. One caller; not safe for several threads.</summary>
internal sealed partial class ModuleSupervisor(Action<string, string> onLine, TimeProvider time, ILogger<ModuleSupervisor> logger) : IDisposable
{
    private readonly OrphanGuard _guard = OrphanGuard.Start();
    private readonly List<ModuleProcess> _running = [];
    private readonly TaskCompletionSource<ModuleExit> _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, (ModuleProgram Program, ImmutableDictionary<string, string> Environment)> _started = new(StringComparer.Ordinal);

    // Processes, not names: whoever watches one may look after another of the same name has begun.
    private readonly HashSet<ModuleProcess> _stopping = [];

    /// <summary>Completes with the first module that ended without being asked.</summary>
    public Task<ModuleExit> Died => _died.Task;

    /// <summary>Names of the modules that run.</summary>
    public IReadOnlyList<string> Running => [.. _running.Select(module => module.Name)];

    /// <summary>The process of a module that runs; null if it does not.</summary>
    public ModuleProcess? Find(string name) => _running.Find(module => string.Equals(module.Name, name, StringComparison.Ordinal));

    /// <summary>Hears of each start and end; null if nobody does.</summary>
    public EdgeAgentMetrics? EdgeAgent { get; init; }

    /// <summary>Starts one module.</summary>
    public void Start(string name, ModuleProgram program, ImmutableDictionary<string, string> environment)
    {
        _started[name] = (program, environment);
        StartAgain(name, []);
    }

    /// <summary>Starts a module as it was started before. One that runs, or never ran, is passed over.</summary>
    /// <param name="name">Which.</param>
    /// <param name="besides">What is in its environment this time.</param>
    public void StartAgain(string name, ImmutableDictionary<string, string> besides)
    {
        if (Find(name) is not null || !_started.TryGetValue(name, out var start))
        {
            return;
        }

        var module = ModuleProcess.Start(name, start.Program, start.Environment.SetItems(besides), onLine, time);
        _guard.Watch(module.Id);
        _running.Add(module);
        _ = WatchAsync(module);
        EdgeAgent?.Started(name);
        ModuleStarted(name, module.Id);
    }

    /// <summary>Has a folder unmounted if the simulator ends before it does so itself.</summary>
    public void GuardMount(string folder) => _guard.WatchMount(folder);

    /// <summary>Kills a module without a word. One that does not run is passed over.</summary>
    public async Task KillAsync(string name)
    {
        if (Find(name) is not { } module)
        {
            return;
        }

        lock (_stopping)
        {
            _stopping.Add(module);
        }

        module.Kill();
        ModuleExit exit = await module.Exited;
        _running.Remove(module);
        EdgeAgent?.Ended(name);
        ModuleStopped(name, exit.ExitCode);
    }

    /// <summary>Stops the modules of one wave together. Modules that are not running are passed over.</summary>
    /// <param name="names">Which.</param>
    /// <param name="limit">Time to stop in good order before they are killed.</param>
    /// <param name="abandon">Ends that time.</param>
    public async Task<ImmutableArray<ModuleExit>> StopAsync(IReadOnlyCollection<string> names, TimeSpan limit, CancellationToken abandon)
    {
        var wave = _running.Where(module => names.Contains(module.Name, StringComparer.Ordinal)).ToArray();
        lock (_stopping)
        {
            _stopping.UnionWith(wave);
        }

        var exits = await Task.WhenAll(wave.Select(module => module.StopAsync(limit, abandon)));
        foreach (var module in wave)
        {
            _running.Remove(module);
        }

        foreach (var exit in exits)
        {
            EdgeAgent?.Stopped(exit.Module);
            ModuleStopped(exit.Module, exit.ExitCode);
        }

        return [.. exits];
    }

    /// <summary>Kills what still runs.</summary>
    public void Dispose()
    {
        lock (_stopping)
        {
            _stopping.UnionWith(_running);
        }

        foreach (var module in _running)
        {
            module.Kill();
        }

        _running.Clear();
        _guard.Dispose();
    }

    private async Task WatchAsync(ModuleProcess module)
    {
        var exit = await module.Exited;
        lock (_stopping)
        {
            if (_stopping.Contains(module))
            {
                return;
            }
        }

        EdgeAgent?.Ended(exit.Module);
        ModuleDied(exit.Module, exit.ExitCode);
        _died.TrySetResult(exit);
    }

    [LoggerMessage(5600, LogLevel.Information, "{Module} started as process {ProcessId}")]
    private partial void ModuleStarted(string module, int processId);

    [LoggerMessage(5601, LogLevel.Information, "{Module} stopped with exit code {ExitCode}")]
    private partial void ModuleStopped(string module, int exitCode);

    [LoggerMessage(5602, LogLevel.Error, "{Module} died with exit code {ExitCode}")]
    private partial void ModuleDied(string module, int exitCode);
}
