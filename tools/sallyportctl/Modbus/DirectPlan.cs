using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus;

/// <summary>A plan for what the command line names: written as a twin and read by the module's own reader, so that both understand the same.</summary>
internal static class DirectPlan
{
    private const string Connection = "device";
    private const string Group = "now";
    private const string Unit = "unit";

    /// <summary>The unit, with no points.</summary>
    public static UnitPlan Of(JsonObject connection, int unitId) => Of(connection, unitId, new Dictionary<string, JsonObject>(StringComparer.Ordinal));

    /// <summary>The unit, with these points; a point has no <c>group</c> yet.</summary>
    /// <exception cref="WrongUsageException">The module's reader refuses it.</exception>
    public static UnitPlan Of(JsonObject connection, int unitId, IReadOnlyDictionary<string, JsonObject> points)
    {
        var members = new JsonObject();
        foreach ((string name, JsonObject point) in points)
        {
            JsonObject member = point.DeepClone().AsObject();
            member["group"] = Group;
            members[name] = member;
        }

        var twin = new JsonObject
        {
            ["connections"] = new JsonObject { [Connection] = connection.DeepClone() },
            ["units"] = new JsonObject { [Unit] = new JsonObject { ["connection"] = Connection, ["unitId"] = unitId } },
            ["groups"] = new JsonObject { [Group] = new JsonObject { ["intervalMs"] = 1000 } },
            ["points"] = new JsonObject { [Unit] = members },
        };
        return PlanVerdict.Read(JsonElement.Parse(twin.ToJsonString())) switch
        {
            PlanReading<DevicePlan>.Accepted accepted => accepted.Plan.Units[0],
            PlanReading<DevicePlan>.Refused refused => throw new WrongUsageException(
                string.Join(' ', refused.Faults.Select(fault => $"{NameOf(fault.Pointer)}: {fault.Reason}").Distinct(StringComparer.Ordinal))),
            _ => throw new InvalidOperationException("A reading is accepted or refused."),
        };
    }

    private static string NameOf(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..];
}
