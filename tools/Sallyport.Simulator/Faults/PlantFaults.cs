using System.Collections.Frozen;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Faults;

/// <summary>The plant's bad manners by the names that the command line has for them.</summary>
internal static class PlantFaults
{
    /// <summary>What can befall the whole plant or a single unit.</summary>
    public static FrozenDictionary<string, PlantManners> Manners { get; } = new Dictionary<string, PlantManners>(StringComparer.Ordinal)
    {
        ["plant-late"] = new(Rudeness: PlantRudeness.Late),
        ["plant-split"] = new(Rudeness: PlantRudeness.OneByteAtATime),
        ["plant-drop"] = PlantManners.Forgetful,
        ["plant-mute"] = PlantManners.Mute,
        ["plant-cut"] = new(Rudeness: PlantRudeness.HalfReply),
        ["plant-wrong-id"] = new(Rudeness: PlantRudeness.WrongTransactionId),
        ["plant-wrong-unit"] = new(Rudeness: PlantRudeness.WrongUnitId),
        ["plant-wrong-count"] = new(Rudeness: PlantRudeness.WrongByteCount),
        ["plant-short"] = new(Rudeness: PlantRudeness.ShortData),
        ["plant-busy"] = PlantManners.Busy,
        ["plant-failing"] = PlantManners.Failing,
        ["plant-lost"] = PlantManners.Lost,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What befalls the plant's connections.</summary>
    public static FrozenDictionary<string, PlantAdmission> Admissions { get; } = new Dictionary<string, PlantAdmission>(StringComparer.Ordinal)
    {
        ["plant-one-connection"] = PlantAdmission.OneOldestStays,
        ["plant-newest-wins"] = PlantAdmission.OneNewestStays,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names in the order of the alphabet.</summary>
    public static IEnumerable<string> Names => Manners.Keys.Concat(Admissions.Keys).Order(StringComparer.Ordinal);
}
