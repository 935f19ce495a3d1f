using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus;

/// <summary>What the module would say to a file, and to the points file that it names: a plan, or every fault with its place.</summary>
/// <param name="Plan">Null if there are faults.</param>
/// <param name="Faults">In the module's words.</param>
/// <param name="Folder">Where the points file was looked for.</param>
internal sealed record PlanVerdict(DevicePlan? Plan, ImmutableArray<LocatedFault> Faults, PlanFolder Folder)
{
    /// <summary>Judges a file.</summary>
    public static PlanVerdict Of(PlanFile file)
    {
        var folder = new PlanFolder(file.Path);
        ImmutableArray<LocatedFault> missing = file.Unset;
        if (file.Fault is { } fault)
        {
            return new PlanVerdict(Plan: null, [new LocatedFault(fault.Pointer, fault.Reason, file.PlaceOf(fault.Pointer))], folder);
        }

        return new PointsFilePlanReader(folder).Read(file.Desired) switch
        {
            PlanReading<DevicePlan>.Accepted accepted when missing.IsEmpty => new PlanVerdict(accepted.Plan, [], folder),
            PlanReading<DevicePlan>.Refused refused => new PlanVerdict(Plan: null, [.. missing, .. Others(refused, file, folder)], folder),
            _ => new PlanVerdict(Plan: null, missing, folder),
        };
    }

    /// <summary>Judges desired properties that name no points file.</summary>
    public static PlanReading<DevicePlan> Read(JsonElement desired) => new DevicePlanReader().Read(desired);

    private static IEnumerable<LocatedFault> Others(PlanReading<DevicePlan>.Refused refused, PlanFile file, PlanFolder folder) =>
        from fault in refused.Faults
        where !file.IsUnset(fault.Pointer)
        select new LocatedFault(fault.Pointer, folder.Told(fault).Reason, file.PlaceOf(fault.Pointer));
}
