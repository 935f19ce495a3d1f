using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Disks;
using Sallyport.Simulator.Faults;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Terminal;

/// <summary>The simulator as a command: from arguments to exit code. Whatever is wrong becomes one clear line.</summary>
/// <param name="output">The report.</param>
/// <param name="errors">What is wrong.</param>
/// <param name="width">Columns of the terminal; null when the output is not one.</param>
/// <param name="time">The clock.</param>
/// <param name="mayMount">Whether this process has the rights to mount a disk.</param>
internal sealed class SimulatorProgram(TextWriter output, TextWriter errors, Func<int>? width, TimeProvider time, bool mayMount)
{
    private const string DefaultManifest = "deployment.template.json";

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="stop">Ends the run in good order.</param>
    /// <param name="abandon">Ends it at once.</param>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop, CancellationToken abandon)
    {
        switch (CommandLine.Read(arguments))
        {
            case CommandLineReading.Help:
                await output.WriteLineAsync(CommandLine.Help);
                return ExitCode.Good;
            case CommandLineReading.Wrong wrong:
                return await RefuseAsync(ExitCode.Refused, wrong.Reason);
            case CommandLineReading.Run run:
                return await RunAsync(run.Options, stop, abandon);
            default:
                throw new InvalidOperationException("There are three readings of a command line.");
        }
    }

    /// <summary>Looks for a file from a folder upwards.</summary>
    private static string? FindUpwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, DefaultManifest);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private async Task<ExitCode> RunAsync(SimulatorOptions options, CancellationToken stop, CancellationToken abandon)
    {
        var file = options.ManifestFile ?? FindUpwards(Environment.CurrentDirectory) ?? FindUpwards(AppContext.BaseDirectory) ?? DefaultManifest;
        var disks = DisksFor(options);
        if (Missing(options, disks) is { } missing)
        {
            return await RefuseAsync(ExitCode.Refused, missing);
        }

        ISimulationReport report = options.IsJson ? new JsonReport(output, time) : new TextReport(output, width, time);
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(new ReportLoggerProvider(report)));
        try
        {
            using var record = options.RecordFile is { } recordFile ? new CloudRecord(recordFile) : null;
            await using var simulation = new EdgeSimulation(
                new()
                {
                    Manifest = await File.ReadAllTextAsync(file, stop),
                    Placeholders = options.Placeholders,
                    Programs = options.Programs,
                    IsAheadOfTime = options.IsAheadOfTime,
                    ModbusDevice = options.ModbusDevice,
                    IsHubDevelopment = options.IsHubDevelopment,
                    IsUplinkDirect = options.IsUplinkDirect,
                    IsDirectShortLived = options.Faults.Any(fault => fault.Fault is Fault.ExpireCertificate),
                    HasModuleClock = options.Faults.Any(fault => fault.Fault is Fault.ClockJump),
                    StateFolder = options.StateFolder,
                    Disks = disks,
                    StartsOffline = options.OfflineFor is not null,
                },
                (module, line) => Tell(report, module, ModuleLogLine.Read(line)),
                time,
                logs);
            if (record is not null)
            {
                simulation.Intake.OnMessage(record.Write);
            }

            return await new SimulationRun(options, report, time, logs).RunAsync(simulation, stop, abandon);
        }
        catch (ManifestException refused)
        {
            return await RefuseAsync(ExitCode.Refused, $"{file}: {refused.Message}");
        }
        catch (DiskException none)
        {
            return await RefuseAsync(ExitCode.Refused, none.Message);
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or JsonException)
        {
            return await RefuseAsync(ExitCode.Refused, unreadable.Message);
        }
        catch (Exception taken) when (taken is IOException or System.Net.Sockets.SocketException)
        {
            return await RefuseAsync(ExitCode.PortTaken, taken.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Good;
        }
    }

    // What this machine has not, and a fault needs.
    private string? Missing(SimulatorOptions options, FrozenDictionary<string, bool> disks) =>
        disks.Count > 0 && !mayMount
            ? "a disk that is full or fails is mounted for the run, and only root may do that: run as root, or leave that fault out"
        : ModuleClock.Library is null && options.Faults.Any(fault => fault.Fault is Fault.ClockJump)
            ? "a clock that jumps needs libfaketime: install it (Debian: faketime), or leave that fault out"
        : null;

    private static FrozenDictionary<string, bool> DisksFor(SimulatorOptions options) => options.Faults
        .Where(fault => fault.Fault is IDiskFault)
        .GroupBy(fault => ((IDiskFault)fault.Fault).Module, StringComparer.Ordinal)
        .ToFrozenDictionary(
            module => module.Key,
            module => module.Any(fault => fault is { Fault: Fault.DiskFull, Start: { } start } && start == TimeSpan.Zero),
            StringComparer.Ordinal);

    private static void Tell(ISimulationReport report, string module, ModuleLogLine line) => report.Happened(
        module,
        Enum.TryParse<LogLevel>(line.Level, out var level) ? level : LogLevel.Information,
        line.Message);

    private async Task<ExitCode> RefuseAsync(ExitCode code, string reason)
    {
        await errors.WriteLineAsync($"Sallyport.Simulator: {reason}");
        return code;
    }
}
