using System.CommandLine;
using Sallyport.Ctl.Terminal;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary><c>sallyportctl modbus scan</c>: finds units and readable addresses.</summary>
internal sealed class ScanVerb(Surroundings surroundings)
{
    private readonly ScanOptions _options = new();

    /// <summary>Builds the verb.</summary>
    public Command Build()
    {
        Command verb = _options.AddTo(new Command(
            "scan",
            "Finds which units answer, and with --from or --to which of their addresses can be read. It only reads, slowly, and says before what it will send."));
        verb.SetAction(RunAsync);
        return verb;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Screen screen = surroundings.Screen;
        ScanJob job = _options.Read(parsed);
        ConnectionPlan connection = DirectPlan.Of(_options.Device.Read(parsed), unitId: 1).Connection;
        screen.Note(job.Announcement(connection.Endpoint.ToString()));
        if (!parsed.GetValue(_options.Yes) && !await IsAllowedAsync(screen, cancellationToken))
        {
            return (int)ExitCode.WrongUsage;
        }

        await using IModbusMaster master = surroundings.Open(connection);
        var line = new ScanLine(master, job.Pause, surroundings.Time);
        ScanReport report = await screen.ProgressAsync(
            "Scan", progress => ScanAsync(job, line, progress, cancellationToken));
        return screen.Give(report, parsed.GetValue(CommandTree.Json));
    }

    private static async Task<bool> IsAllowedAsync(Screen screen, CancellationToken cancellationToken) => screen.IsInteractive
        ? await screen.AskAsync("Begin?", cancellationToken)
        : throw new WrongUsageException("Nobody is there to ask whether this may begin: say so with --yes.");

    private static async Task<ScanReport> ScanAsync(ScanJob job, ScanLine line, Action<double, string> progress, CancellationToken cancellationToken)
    {
        // A unit id costs one request; its addresses cost as many as they take blocks. Progress counts both alike.
        double unitShare = job.Units.Count / (double)job.FewestRequests;
        List<UnitFinding> units = await new UnitScan(line, job).RunAsync(
            done => progress(unitShare * done / job.Units.Count, $"{done} of {job.Units.Count} unit ids"), cancellationToken);
        var ranges = new Dictionary<byte, List<ScannedRange>>();
        byte[] there = job.Range is null ? [] : [.. units.Where(unit => unit.IsThere).Select(unit => unit.UnitId)];
        foreach (byte unitId in there.TakeWhile(_ => line.Lost is null))
        {
            int before = ranges.Count;
            ranges[unitId] = await new RangeScan(line, job).RunAsync(
                unitId,
                done => progress(unitShare + ((1 - unitShare) * (before + (done / (double)job.Addresses)) / there.Length), $"unit {unitId}, {done} of {job.Addresses} addresses"),
                cancellationToken);
        }

        return new ScanReport(job, units, ranges, line);
    }
}
