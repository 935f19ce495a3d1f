using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Manifest;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Check;

/// <summary>Finds which points of a reader's desired properties read the plant's unique values.</summary>
internal static class UniquePoints
{
    /// <summary>Those of all readers.</summary>
    public static ImmutableArray<UniquePoint> FindAll(DeploymentManifest manifest, PlantMemory plant, ImmutableArray<EtherNetIpPlantServer> controllers) =>
    [
        .. manifest.Modules.SelectMany(module => Find(module.Desired, plant.UniquePoints)),
        .. manifest.Modules.SelectMany(module => FindTags(module.Desired, controllers.SelectMany(controller => controller.Device.Symbols.UniquePoints))),
    ];

    /// <summary>Joins names and addresses.</summary>
    /// <param name="desired">Desired properties of a reader; others give nothing.</param>
    /// <param name="plant">Where the plant has unique values.</param>
    public static ImmutableArray<UniquePoint> Find(JsonObject desired, IEnumerable<PlantPoint.HoldingRegister> plant)
    {
        var unique = plant.ToHashSet();
        return
        [
            .. from source in desired["points"] as JsonObject ?? []
               let unitId = (byte?)desired["units"]?[source.Key]?["unitId"]?.GetValue<int>()
               from point in source.Value as JsonObject ?? []
               where string.Equals(point.Value?["table"]?.GetValue<string>(), "holdingRegister", StringComparison.Ordinal)
               let at = new PlantPoint.HoldingRegister(unitId ?? 0, point.Value!["address"]!.GetValue<ushort>())
               where unique.Contains(at)
               select new UniquePoint(source.Key, point.Value!["group"]!.GetValue<string>(), point.Key, at),
        ];
    }

    /// <summary>Joins names of tags.</summary>
    /// <param name="desired">Desired properties of a reader of tags; others give nothing.</param>
    /// <param name="plant">Where the plant has unique values.</param>
    public static ImmutableArray<UniquePoint> FindTags(JsonObject desired, IEnumerable<PlantPoint.Tag> plant)
    {
        var unique = plant.ToLookup(point => point.Controller, StringComparer.Ordinal);
        return
        [
            .. from source in desired["tags"] as JsonObject ?? []
               from point in source.Value as JsonObject ?? []
               let tag = point.Value?["tag"]?.GetValue<string>()
               from at in unique[source.Key]
               where string.Equals(at.Path, tag, StringComparison.OrdinalIgnoreCase)
               select new UniquePoint(source.Key, point.Value!["group"]!.GetValue<string>(), point.Key, at),
        ];
    }
}
