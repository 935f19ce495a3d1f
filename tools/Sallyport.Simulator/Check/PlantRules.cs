using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.BatchVerification.Content;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Check;

/// <summary>Finds what the values of a reader's points can be, from where they lie in the plant.</summary>
internal static class PlantRules
{
    // A point with any other key is not the plant's number as it stands: scaled, a bit of a word, or something new.
    private static readonly string[] Plain = ["group", "table", "address", "type", "wordOrder"];

    /// <summary>Joins names and addresses.</summary>
    /// <param name="desired">Desired properties of a reader; others give nothing.</param>
    /// <param name="plant">What it reads.</param>
    public static ImmutableArray<PointRule> Find(JsonObject desired, PlantMemory plant) =>
    [
        .. from source in desired["points"] as JsonObject ?? []
           let unitId = (byte?)desired["units"]?[source.Key]?["unitId"]?.GetValue<int>() ?? 0
           from point in source.Value as JsonObject ?? []
           let keys = point.Value as JsonObject ?? []
           where keys.All(key => Plain.Contains(key.Key, StringComparer.Ordinal))
           let living = Enum.TryParse<PlantTable>(keys["table"]?.GetValue<string>(), ignoreCase: true, out var table)
               ? plant.FindLiving(unitId, table, keys["address"]!.GetValue<ushort>())
               : null
           where living is not null
           select new PointRule(source.Key, point.Key, living.Min, living.Max, living.MaxChangePerSecond, living.StuckAfter),
    ];
}
