using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Ctl.Terminal;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Scan;

/// <summary>What a scan found.</summary>
/// <param name="job">What was scanned.</param>
/// <param name="units">The units.</param>
/// <param name="ranges">The ranges of those that answered.</param>
/// <param name="line">What was sent.</param>
internal sealed class ScanReport(ScanJob job, IReadOnlyList<UnitFinding> units, IReadOnlyDictionary<byte, List<ScannedRange>> ranges, ScanLine line) : IReport
{
    /// <inheritdoc/>
    public ExitCode ExitCode => line.Lost is null && units.Any(unit => unit.IsThere) ? ExitCode.Good : ExitCode.Problems;

    /// <inheritdoc/>
    public void Show(Screen screen)
    {
        screen.Table(new ReportTable("Units", [">Unit id", "Answers", .. job.IsForIdentity ? IdentityTable.Columns : [], "Remark"], [.. units.Select(Row)]));
        foreach ((byte unitId, List<ScannedRange> found) in ranges)
        {
            screen.Table(new ReportTable($"Unit {unitId}, {job.Table}", [">From", ">To", ">Count", "State"], [.. found.Select(Row)]));
            if (Holes.In(found) is { IsEmpty: false } holes)
            {
                screen.Line($"For the twin, in the entry of the unit: {Holes.MemberFor(job.Table, holes)}");
            }
        }

        if (units.FirstOrDefault(unit => !unit.IsThere) is { } silent && !units.Any(unit => unit.IsThere))
        {
            screen.Line(ExceptionAdvice.For(silent.Outcome, new ReadRequest(job.Table, 0, 1)));
        }

        string identity = job.IsForIdentity ? $" Units that were asked who they are: {line.Identifications}." : "";
        screen.Line($"{line.Requests} requests were sent.{identity}{(line.Lost is null ? "" : $" Stopped early: {line.Lost.Reason}.")}");
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("table", job.Table.Name);
        json.WriteNumber("requests", line.Requests);
        json.WriteBoolean("complete", line.Lost is null);
        json.WriteStartArray("units");
        foreach (UnitFinding unit in units)
        {
            json.WriteStartObject();
            json.WriteNumber("unitId", unit.UnitId);
            json.WriteBoolean("answers", unit.IsThere);
            IdentityTable.Write(json, unit.Identity);
            if (unit.Remark.Length > 0)
            {
                json.WriteString("reason", unit.Remark);
            }

            WriteRanges(json, ranges.GetValueOrDefault(unit.UnitId));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private ImmutableArray<string> Row(UnitFinding unit) =>
    [
        unit.UnitId.ToString(CultureInfo.InvariantCulture), unit.IsThere ? "yes" : "no", .. job.IsForIdentity ? IdentityTable.Cells(unit.Identity) : [], unit.Remark,
    ];

    private static ImmutableArray<string> Row(ScannedRange range) =>
    [
        range.From.ToString(CultureInfo.InvariantCulture), range.To.ToString(CultureInfo.InvariantCulture), range.Count.ToString(CultureInfo.InvariantCulture),
        WordFor(range.State),
    ];

    private static string WordFor(RangeState state) => state switch
    {
        RangeState.Readable => "readable",
        RangeState.Hole => "hole",
        RangeState.Refused => "refused",
        RangeState.Silent => "silent",
        _ => "not asked",
    };

    private void WriteRanges(Utf8JsonWriter json, List<ScannedRange>? found)
    {
        if (found is null)
        {
            return;
        }

        json.WriteStartArray("ranges");
        foreach (ScannedRange range in found)
        {
            json.WriteStartObject();
            json.WriteNumber("from", range.From);
            json.WriteNumber("to", range.To);
            json.WriteString("state", WordFor(range.State));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName(Holes.Key);
        json.WriteRawValue(Holes.ValueFor(job.Table, Holes.In(found)));
    }
}
