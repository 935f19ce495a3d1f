using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Terminal;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>Takes over what is ours already in another form: points from a table to JSON and back, and out of a twin.</summary>
/// <remarks>A fault refuses all of it: who wrote it can correct it, and half a plant in the cloud is worse than none.</remarks>
internal static class PointsImport
{
    /// <summary>Takes over a file that has points and nothing else.</summary>
    /// <param name="file">The file.</param>
    /// <param name="target">Where they go; null for standard output.</param>
    /// <param name="progress">Called with the part that is done, 0 to 1, and what it is at.</param>
    public static IReport OfPoints(PointsFile file, string? target, Action<double, string> progress)
    {
        PointsVerdict verdict = PointsVerdict.Of(file, progress);
        if (verdict.Plan is null)
        {
            return new PointsImportReport(file.Path, verdict, result: null);
        }

        progress(0.8, "what is written");
        PointsFile result = PointsTarget.Make(target, verdict.Points!.ToElement(), out ImmutableArray<PlanFault> faults);
        if (!faults.IsEmpty)
        {
            verdict = verdict with { Faults = [.. faults.Select(fault => verdict.Points.Locate(fault.Pointer, fault.Reason) ?? new TableFault(1, null, fault.Reason))] };
            return new PointsImportReport(file.Path, verdict, result: null);
        }

        Write(result);
        return new PointsImportReport(file.Path, verdict, result);
    }

    /// <summary>Takes the points out of a twin.</summary>
    /// <param name="twin">The twin, as large as it may be.</param>
    /// <param name="target">Where they go.</param>
    public static IReport OfTwin(PlanFile twin, string? target)
    {
        if (twin.Desired.ValueKind is JsonValueKind.Undefined)
        {
            throw new WrongUsageException($"{twin.Path}:{twin.Tree.Place}: {twin.Fault?.Reason}");
        }

        if (twin.Desired.ValueKind is not JsonValueKind.Object || !twin.Desired.TryGetProperty(TwinDraft.Points, out JsonElement points))
        {
            throw new WrongUsageException($"{twin.Path} has no points, which is what could be taken over from a configuration of ModbusReader.");
        }

        if (target is null || twin.Desired.TryGetProperty("pointsFile", out _))
        {
            throw new WrongUsageException(target is null
                ? $"{twin.Path} is a twin of ModbusReader. Say with --out points.csv where its points go; what is left of the twin goes to standard output."
                : $"{twin.Path} has a points file already. Points of both places together are for you to bring into one.");
        }

        PointsFile result = PointsTarget.Make(target, points, out ImmutableArray<PlanFault> faults);
        if (faults.IsEmpty)
        {
            Write(result);
        }

        JsonObject rest = PointsTarget.Without(JsonNode.Parse(twin.Desired.GetRawText())!.AsObject(), result);
        return new TwinSplitReport(twin.Path, [.. faults.Select(fault => new LocatedFault(fault.Pointer, fault.Reason, twin.PlaceOf(fault.Pointer)))], result, rest);
    }

    private static void Write(PointsFile result)
    {
        if (result.Path.Length is 0)
        {
            return;
        }

        if (result.Content.Length > PointTableReader.MaxSizeInBytes)
        {
            throw new WrongUsageException(
                $"{result.Path} would have {result.Content.Length} bytes, and the module takes {PointTableReader.MaxSizeInBytes}. "
                + (result.IsJson ? "A table is smaller: --out points.csv." : "Make two of it, for two modules."));
        }

        File.WriteAllBytes(result.Path, result.Content.Span);
    }
}
