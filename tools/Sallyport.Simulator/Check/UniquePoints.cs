using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Check;

/// <summary>Finds which points of a reader's desired properties read the plant's unique values.</summary>
internal static class UniquePoints
{
    /// <summary>Joins names and addresses.</summary>
    /// <param name="desired">Desired properties of a reader; others give nothing.</param>
    /// <param name="plant">Where the plant has unique values.</param>
    public static ImmutableArray<UniquePoint> Find(JsonObject desired, IEnumerable<PlantPoint> plant)
    {
        var unique = plant.ToHashSet();
        return
        [
            .. from source in desired["points"] as JsonObject ?? []
               let unitId = (byte?)desired["units"]?[source.Key]?["unitId"]?.GetValue<int>()
               from point in source.Value as JsonObject ?? []
               where string.Equals(point.Value?["table"]?.GetValue<string>(), "holdingRegister", StringComparison.Ordinal)
               let at = new PlantPoint(unitId ?? 0, point.Value!["address"]!.GetValue<ushort>())
               where unique.Contains(at)
               select new UniquePoint(source.Key, point.Value!["group"]!.GetValue<string>(), point.Key, at),
        ];
    }
}
