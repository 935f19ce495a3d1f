using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Modbus.Validate;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus;

/// <summary>What the module would say to points of which nobody knows yet which connections, units and groups they belong to.</summary>
/// <param name="Points">What the file says; null if it was not understood.</param>
/// <param name="Plan">Null if there are faults.</param>
/// <param name="Faults">In the module's words; it stops at 32.</param>
/// <param name="Warnings">What is no fault, and yet probably not meant.</param>
internal sealed record PointsVerdict(PointTable? Points, DevicePlan? Plan, ImmutableArray<TableFault> Faults, ImmutableArray<TableFault> Warnings)
{
    /// <summary>Judges a file of points.</summary>
    /// <param name="file">The file.</param>
    /// <param name="progress">Called with the part that is done, 0 to 1, and what it is at.</param>
    public static PointsVerdict Of(PointsFile file, Action<double, string> progress)
    {
        progress(0.1, "its lines");
        return file.Read() switch
        {
            PointTableReading.Read read => Of(read.Table, progress),
            PointTableReading.Refused refused => new PointsVerdict(Points: null, Plan: null, refused.Faults, []),
            _ => throw new InvalidOperationException("A table is read or refused."),
        };
    }

    /// <summary>A fault or a warning as compilers write it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fault">What is wrong in it.</param>
    /// <param name="kind">For example <c>warning: </c>; empty for a fault.</param>
    public static string Line(string file, TableFault fault, string kind = "") =>
        $"{file}:{fault.Line}: {kind}{(fault.Place is null ? "" : $"{fault.Place}: ")}{fault.Reason}";

    /// <summary>Faults or warnings for machines.</summary>
    public static void Write(Utf8JsonWriter json, string name, ImmutableArray<TableFault> faults)
    {
        json.WriteStartArray(name);
        foreach (TableFault fault in faults)
        {
            json.WriteStartObject();
            json.WriteNumber("line", fault.Line);
            json.WriteString("place", fault.Place);
            json.WriteString("reason", fault.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static PointsVerdict Of(PointTable points, Action<double, string> progress)
    {
        progress(0.3, $"its {points.Count} points");
        var twin = new AssumedTwin(points);
        progress(0.5, $"what the module says to its {points.Count} points");
        return new DevicePlanReader().Read(twin.Desired) switch
        {
            PlanReading<DevicePlan>.Accepted { Plan: DevicePlan plan } => new PointsVerdict(
                points, plan, [], [.. plan.Units.SelectMany(PointWarnings.Of).Select(warning => twin.Locate(warning.Pointer, warning.Reason))]),
            PlanReading<DevicePlan>.Refused refused => new PointsVerdict(points, Plan: null, OncePerCell(refused.Faults.Select(twin.Locate)), []),
            _ => throw new InvalidOperationException("A reading is accepted or refused."),
        };
    }

    // A name that the twin took from the points is refused where it is made and where it is used.
    private static ImmutableArray<TableFault> OncePerCell(IEnumerable<TableFault> faults) =>
        [.. faults.DistinctBy(fault => (fault.Line, fault.Place)).OrderBy(fault => fault.Line)];
}
