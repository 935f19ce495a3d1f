using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Terminal;

/// <summary>Stops the modules so that nothing on its way is lost: readers first, which finish and flush; then, when all has arrived, the buffer.</summary>
internal sealed partial class OrderlyStop(EdgeSimulation simulation, DeliveryWatch? watch, TimeProvider time, ILogger<OrderlyStop> logger)
{
    /// <summary>A module may flush for 10 s; the rest is for a slow machine.</summary>
    private static readonly TimeSpan ModuleLimit = TimeSpan.FromSeconds(25);

    /// <summary>A page waits 10 s, a module may be backing off, and what was in flight is sent again.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(60);

    /// <summary>What the last module flushed is on its way through edgeHub.</summary>
    private static readonly TimeSpan LastLimit = TimeSpan.FromSeconds(10);

    /// <summary>Stops all modules.</summary>
    /// <param name="abandon">Stops waiting: somebody is impatient.</param>
    /// <returns>False when a module did not stop in good order.</returns>
    public async Task<bool> RunAsync(CancellationToken abandon)
    {
        var waves = simulation.StopWaves;
        var isGood = true;
        foreach (var wave in waves[..^1])
        {
            isGood &= await StopAsync(wave, abandon);
        }

        if (waves.Length > 1)
        {
            await DrainAsync(DrainLimit, abandon);
        }

        isGood &= await StopAsync(waves[^1], abandon);
        await DrainAsync(LastLimit, abandon);
        return isGood;
    }

    private async Task<bool> StopAsync(IReadOnlyCollection<string> wave, CancellationToken abandon)
    {
        Stopping(string.Join(", ", wave));
        var isGood = true;
        foreach (var exit in await simulation.Modules.StopAsync(wave, ModuleLimit, abandon))
        {
            if (exit.ExitCode != 0)
            {
                StoppedBadly(exit.Module, exit.ExitCode, exit.WasKilled ? ", and it was killed" : string.Empty, LastLines(exit));
                isGood = false;
            }
        }

        return isGood;
    }

    private static string LastLines(ModuleExit exit) => string.Join('\n', exit.LastLines.Select(line => $"    {ModuleLogLine.Read(line).Message}"));

    private async Task DrainAsync(TimeSpan limit, CancellationToken abandon)
    {
        if (watch is null)
        {
            return;
        }

        Draining();
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, abandon);
        await watch.WaitUntilCompleteAsync(either.Token);
    }

    [LoggerMessage(5800, LogLevel.Information, "Stopping {Modules}")]
    private partial void Stopping(string modules);

    [LoggerMessage(5801, LogLevel.Information, "Waiting until everything has arrived")]
    private partial void Draining();

    [LoggerMessage(5802, LogLevel.Error, "{Module} stopped with exit code {ExitCode}{Killed}. Its last lines:\n{LastLines}")]
    private partial void StoppedBadly(string module, int exitCode, string killed, string lastLines);
}
