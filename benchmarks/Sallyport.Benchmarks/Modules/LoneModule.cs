using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator;
using Sallyport.Simulator.Modules;

namespace Sallyport.Benchmarks.Modules;

/// <summary>Starts one module again and again beside the simulator's edgeHub, and nothing else.</summary>
internal static class LoneModule
{
    /// <summary>Starts that count, after one that does not: it makes the module's files and warms the simulator.</summary>
    public const int Starts = 7;

    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PlannedFor = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <exception cref="PreconditionException">The module is not there, was not published, or does not start.</exception>
    public static async Task<LoneFigures> MeasureAsync(string repository, string module)
    {
        var program = new ModuleProgram(await PublishedModule.RequireAsync(repository, module), []);
        var starts = new List<ModuleFigures>();
        var idle = new List<ProcessMemory>();
        await using (EdgeSimulation simulation = Simulate(repository, module, hasPlan: false))
        {
            await StartAsync(simulation);
            for (int start = 0; start < Starts; start++)
            {
                starts.Add(await StartAgainAsync(simulation, module, program));
                idle.Add(await ReadAsync(simulation, module, IdleFor));
            }
        }

        await using EdgeSimulation planned = Simulate(repository, module, hasPlan: true);
        await StartAsync(planned);
        return new(starts[^1].BinaryMiB, [.. starts.Select(start => start.StartMs)], idle, await ReadAsync(planned, module, PlannedFor));
    }

    private static EdgeSimulation Simulate(string repository, string module, bool hasPlan) => new(
        new() { Manifest = Manifest.Alone(repository, module, hasPlan), IsAheadOfTime = true },
        static (_, _) => { },
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private static async Task StartAsync(EdgeSimulation simulation)
    {
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        await simulation.StartAsync(limit.Token);
    }

    private static async Task<ModuleFigures> StartAgainAsync(EdgeSimulation simulation, string module, ModuleProgram program)
    {
        using var limit = new CancellationTokenSource(StartLimit, TimeProvider.System);
        await simulation.Modules.StopAsync([module], StopLimit, limit.Token);

        // A session outlives its module, but not edgeHub: what it had subscribed to must not count.
        await simulation.EdgeHub.RestartAsync(limit.Token);
        simulation.Modules.StartAgain(module, []);
        await simulation.Gauge!.StartedAsync(module, program, limit.Token);
        return simulation.Gauge.Read()[^1];
    }

    // A measurement of how a process stands some time after its start: that time is the thing that is waited for.
    private static async Task<ProcessMemory> ReadAsync(EdgeSimulation simulation, string module, TimeSpan after)
    {
        await Task.Delay(after, TimeProvider.System);
        return simulation.Modules.Find(module) is { } process && ProcessMemory.Read(process.Id) is { Resident: > 0 } memory
            ? memory
            : throw new PreconditionException($"{module} has ended; run tools/Sallyport.Simulator with --aot to see why.");
    }
}
