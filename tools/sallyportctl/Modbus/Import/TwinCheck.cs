using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Import;

/// <summary>Takes out of a draft what the module would refuse, until it would accept the rest.</summary>
/// <remarks>What the module can do is decided by its own reader alone: a type that it learns tomorrow is taken over tomorrow, without a change here.</remarks>
internal static class TwinCheck
{
    /// <summary>Makes the draft acceptable.</summary>
    /// <returns>A fault that no part can be blamed for, or null. How large it is, is none of them.</returns>
    public static PlanFault? Run(TwinDraft draft)
    {
        while (true)
        {
            Prune(draft);
            if (PlanVerdict.Read(JsonElement.Parse(DesiredDocument.BytesOf(draft.Twin).Span)) is not PlanReading<DevicePlan>.Refused refused)
            {
                return null;
            }

            bool hasDropped = false;
            foreach (PlanFault next in refused.Faults)
            {
                hasDropped |= TryDrop(draft, next);
            }

            if (!hasDropped)
            {
                return refused.Faults[0];
            }
        }
    }

    /// <summary>Whether the module would get the twin at all: a twin has room for so much.</summary>
    /// <returns>What to do if not, or null.</returns>
    public static PlanFault? Measure(JsonObject twin) => DesiredDocument.TryParse(DesiredDocument.BytesOf(twin), out _, out PlanFault? fault)
        ? null
        : fault with { Reason = $"{fault.Reason} With --out points.csv the points get a file of their own, which may be larger." };

    private static bool TryDrop(TwinDraft draft, PlanFault fault)
    {
        string[] steps = fault.Pointer.Split('/');
        string reason = steps.Length > 3 ? $"{steps[^1]}: {fault.Reason}" : fault.Reason;
        return steps switch
        {
            ["", TwinDraft.Points, var unit, var point, ..] => draft.DropPoint(unit, point, reason),
            ["", TwinDraft.Connections or TwinDraft.Units or TwinDraft.Groups, var name, ..] => draft.Drop(steps[1], name, reason),
            _ => false,
        };
    }

    /// <summary>What has lost what it stands on, and what nothing stands on.</summary>
    private static void Prune(TwinDraft draft)
    {
        foreach (string unit in Names(draft, TwinDraft.Units).Where(unit => !Has(draft, TwinDraft.Connections, draft.Section(TwinDraft.Units)[unit]!["connection"])))
        {
            draft.Drop(TwinDraft.Units, unit, "Its connection was not taken over.");
        }

        foreach (string unit in Names(draft, TwinDraft.Points))
        {
            PrunePoints(draft, unit);
        }

        foreach (string unit in Names(draft, TwinDraft.Units).Where(unit => draft.Section(TwinDraft.Points)[unit] is null))
        {
            draft.Prune(TwinDraft.Units, unit);
        }

        PruneUnused(draft, TwinDraft.Connections, draft.Section(TwinDraft.Units).Select(unit => unit.Value!["connection"]));
        PruneUnused(draft, TwinDraft.Groups, draft.Section(TwinDraft.Points).SelectMany(unit => unit.Value!.AsObject()).Select(point => point.Value!["group"]));
    }

    private static void PrunePoints(TwinDraft draft, string unit)
    {
        JsonObject points = draft.Section(TwinDraft.Points)[unit]!.AsObject();
        bool isUnitThere = draft.Section(TwinDraft.Units).ContainsKey(unit);
        string[] orphans = [.. points.Where(point => !isUnitThere || !Has(draft, TwinDraft.Groups, point.Value!["group"])).Select(point => point.Key)];
        foreach (string point in orphans)
        {
            draft.DropPoint(unit, point, isUnitThere ? "Its poll group was not taken over." : "Its unit was not taken over.");
        }

        if (points.Count == 0)
        {
            draft.Prune(TwinDraft.Points, unit);
        }
    }

    private static void PruneUnused(TwinDraft draft, string section, IEnumerable<JsonNode?> uses)
    {
        var used = uses.Select(use => use!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (string name in Names(draft, section).Where(name => !used.Contains(name)))
        {
            draft.Prune(section, name);
        }
    }

    private static string[] Names(TwinDraft draft, string section) => [.. draft.Section(section).Select(member => member.Key)];

    private static bool Has(TwinDraft draft, string section, JsonNode? name) => draft.Section(section).ContainsKey(name!.GetValue<string>());
}
