using System.Collections.Immutable;
using Sallyport.Simulator.EdgeHub;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Modules;

/// <summary>Measures what modules take: one after the other as they start, and all of them at the end.</summary>
/// <param name="modules">Runs them.</param>
/// <param name="edgeHub">Hears them.</param>
/// <param name="time">Measures.</param>
internal sealed class ModuleGauge(ModuleSupervisor modules, EdgeHubBroker edgeHub, TimeProvider time)
{
    private const double MiB = 1024 * 1024;

    private readonly List<ModuleFigures> _started = [];

    /// <summary>Waits until a module that was just started listens to edgeHub. One that dies before is not measured.</summary>
    /// <param name="name">The module.</param>
    /// <param name="program">What was started.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartedAsync(string name, ModuleProgram program, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task listens = edgeHub.WaitUntilSubscribedAsync(new(EdgeSimulation.DeviceId, name), HubFeature.TwinResponses, end.Token);
        if (await Task.WhenAny(listens, modules.Died) == listens)
        {
            await listens;
            TimeSpan took = time.GetElapsedTime(began);
            _started.Add(new(name, Round(new FileInfo(program.FileName).Length / MiB), Resident(name), 0, Round(took.TotalMilliseconds)));
        }

        await end.CancelAsync();
    }

    /// <summary>The figures, with the memory of this moment; a module that does not run is left out.</summary>
    public ImmutableArray<ModuleFigures> Read() =>
        [.. _started.Where(module => modules.Find(module.Name) is not null).Select(module => module with { ResidentLoadMiB = Resident(module.Name) })];

    private double Resident(string name) => modules.Find(name) is { } process ? ProcessMemory.Read(process.Id).Resident : 0;

    private static double Round(double figure) => Math.Round(figure, 1);
}
