using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Check;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Terminal;

/// <summary>One run as the command line asks for it: start, faults, summaries, end, verdict.</summary>
internal sealed partial class SimulationRun(SimulatorOptions options, ISimulationReport report, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>A run counts from the first value, but no longer than this after the start.</summary>
    private static readonly TimeSpan FlowLimit = TimeSpan.FromSeconds(30);

    private readonly ILogger<SimulationRun> _logger = logs.CreateLogger<SimulationRun>();

    /// <summary>Runs.</summary>
    /// <param name="simulation">What to run; its owner disposes it.</param>
    /// <param name="stop">Ends the run in good order.</param>
    /// <param name="abandon">Ends it at once.</param>
    public async Task<ExitCode> RunAsync(EdgeSimulation simulation, CancellationToken stop, CancellationToken abandon)
    {
        var watch = options.IsCheck ? simulation.WatchDelivery() : null;
        await simulation.StartAsync(stop);
        Started(EdgeSimulation.DeviceId, simulation.Cloud.HostName, simulation.Plant?.Endpoint.ToString() ?? options.ModbusDevice!);
        var reader = new SnapshotReader(simulation, time);

        using var runEnds = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var reportEnds = new CancellationTokenSource();
        var reporting = ReportAsync(reader, reportEnds.Token);
        await WaitUntilFlowingAsync(simulation, stop);
        var goingOnline = GoOnlineAsync(simulation, runEnds.Token);
        var faults = new FaultSchedule(simulation.Faults, time, logs.CreateLogger<FaultSchedule>()).RunAsync(options.Faults, options.Duration, runEnds.Token);
        var died = await WaitForEndAsync(simulation, stop);
        var figures = simulation.Gauge?.Read() ?? [];
        await runEnds.CancelAsync();
        await Task.WhenAll(faults, goingOnline);

        var isGood = died is null && await new OrderlyStop(simulation, watch, time, logs.CreateLogger<OrderlyStop>()).RunAsync(abandon);
        await reportEnds.CancelAsync();
        await reporting;
        if (died is not null)
        {
            Died(died.Module, died.ExitCode, string.Join('\n', died.LastLines.Select(line => $"    {ModuleLogLine.Read(line).Message}")));
        }

        return Judge(watch, isGood, figures);
    }

    private ExitCode Judge(DeliveryWatch? watch, bool isGood, ImmutableArray<ModuleFigures> figures)
    {
        if (watch?.Judge() is not { } verdict)
        {
            return isGood ? ExitCode.Good : ExitCode.ModuleDied;
        }

        report.Judged(verdict with { Passed = verdict.Passed && isGood, Modules = figures });
        return !isGood ? ExitCode.ModuleDied
            : verdict.Passed ? ExitCode.Good
            : ExitCode.CheckFailed;
    }

    /// <summary>Waits for the end of the duration, the wish to stop, or the death of a module.</summary>
    private async Task<ModuleExit?> WaitForEndAsync(EdgeSimulation simulation, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var end = Task.Delay(options.Duration ?? Timeout.InfiniteTimeSpan, time, over.Token);
        await Task.WhenAny(end, simulation.Modules.Died);
        await over.CancelAsync();
        return simulation.Modules.Died.IsCompleted ? await simulation.Modules.Died : null;
    }

    /// <summary>A slow machine takes seconds to start the modules; neither the duration nor the faults shall fall into that time.</summary>
    private async Task WaitUntilFlowingAsync(EdgeSimulation simulation, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(FlowLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        await Task.WhenAny(simulation.WaitUntilFlowingAsync(either.Token), simulation.Modules.Died);
        if (limit.IsCancellationRequested)
        {
            NothingFlows(FlowLimit.TotalSeconds);
        }

        await either.CancelAsync();
    }

    private async Task GoOnlineAsync(EdgeSimulation simulation, CancellationToken runEnds)
    {
        if (options.OfflineFor is { } offlineFor)
        {
            await Task.Delay(offlineFor, time, runEnds).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            simulation.SetUplink(UplinkState.Open);
            Online();
        }
    }

    private async Task ReportAsync(SnapshotReader reader, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(report.SummaryInterval, time);
        var before = Snapshot.Empty;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = reader.Take();
                report.Stands(before, now);
                before = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    [LoggerMessage(5810, LogLevel.Information, "Edge device {Device} runs at IoT Hub {Hub} and reads {Plant}. Ctrl+C stops everything")]
    private partial void Started(string device, string hub, string plant);

    [LoggerMessage(5811, LogLevel.Warning, "The uplink opens")]
    private partial void Online();

    [LoggerMessage(5813, LogLevel.Warning, "No value flows {Seconds} s after the start")]
    private partial void NothingFlows(double seconds);

    [LoggerMessage(5812, LogLevel.Error, "{Module} died with exit code {ExitCode}. Its last lines:\n{LastLines}")]
    private partial void Died(string module, int exitCode, string lastLines);
}
