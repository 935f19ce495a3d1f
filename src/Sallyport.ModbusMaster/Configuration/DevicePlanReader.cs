using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Acquisition.Configuration;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Understands the desired properties of the reader, or says everything that is wrong with them.</summary>
public sealed class DevicePlanReader : IPlanReader<DevicePlan>
{
    /// <inheritdoc/>
    public PlanReading<DevicePlan> Read(JsonElement desired)
    {
        var faults = new DesiredFaults();
        DesiredReader root = DesiredReader.Root(desired, faults);
        if (!root.IsObjectOf(ConnectionSection.Key, UnitSection.Key, GroupSection.Key, PointSection.Key, PointsFileSection.Key))
        {
            return new PlanReading<DevicePlan>.Refused(faults.ToImmutable());
        }

        if (root[PointsFileSection.Key].Exists)
        {
            root[PointsFileSection.Key].Refuse("The points file was not read: this needs a reader of plans that reads it.");
        }

        Dictionary<string, ConnectionPlan?> connections = ConnectionSection.Read(root[ConnectionSection.Key]);
        Dictionary<string, UnitSettings> units = UnitSection.Read(root[UnitSection.Key], connections);
        var points = new PointSection(units, GroupSection.Read(root[GroupSection.Key]));
        points.Read(root[PointSection.Key]);
        return faults.IsEmpty
            ? new PlanReading<DevicePlan>.Accepted(new DevicePlan(UnitPlans(units, points)))
            : new PlanReading<DevicePlan>.Refused(faults.ToImmutable());
    }

    private static ImmutableArray<UnitPlan> UnitPlans(Dictionary<string, UnitSettings> units, PointSection points) =>
        [.. units.OrderBy(unit => unit.Key, StringComparer.Ordinal)
            .Select(unit => new UnitPlan(unit.Key, unit.Value.Connection!, unit.Value.UnitId, points.PollsOf(unit.Key))
            {
                WantsIdentification = unit.Value.WantsIdentification,
            })];
}
