using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Reads <c>/units</c>: name → connection, unitId, wordOrder, wordOrder64, identify, limits.</summary>
internal static class UnitSection
{
    public const string Key = "units";

    private static readonly string[] Keys = ["connection", "unitId", "wordOrder", "wordOrder64", "identify"];

    private const int MaxUnits = 1000;
    private const int MaxNameLength = 64;

    /// <summary>Every name that is there; a part that was refused has a value that nothing uses, since the plan is refused as a whole.</summary>
    public static Dictionary<string, UnitSettings> Read(DesiredReader section, Dictionary<string, ConnectionPlan?> connections)
    {
        var units = new Dictionary<string, UnitSettings>(StringComparer.Ordinal);
        foreach (DesiredReader entry in section.NamedEntries(MaxUnits))
        {
            units.Add(entry.Name, ReadOne(entry, connections));
        }

        return units;
    }

    private static UnitSettings ReadOne(DesiredReader entry, Dictionary<string, ConnectionPlan?> connections)
    {
        if (!entry.IsObjectOf([.. Keys, .. LimitKeys.All]))
        {
            return new UnitSettings(Connection: null, UnitId: 0, WordOrder.Abcd, ReadLimits.Default);
        }

        ConnectionPlan? connection = null;
        if (entry["connection"].TryText(MaxNameLength, out string? name) && !connections.TryGetValue(name, out connection))
        {
            entry["connection"].Refuse($"There is no connection \"{name}\".");
        }

        if (entry["unitId"].TryInteger(byte.MinValue, byte.MaxValue, out int unitId) && unitId is > 247 and < 255)
        {
            entry["unitId"].Refuse("Unit ids 248 to 254 are reserved; a unit has 1 to 247, an endpoint itself 0 or 255.");
        }

        if (connection is { Endpoint.IsBus: true } && entry["unitId"].Exists && unitId is 0 or 255)
        {
            entry["unitId"].Refuse("On a bus unit 0 is everybody, so that nobody answers, and 255 is nobody; a unit has 1 to 247.");
        }

        entry["wordOrder"].TryChoice(Vocabulary.Orders, WordOrder.Abcd, out WordOrder order);
        entry["wordOrder64"].TryChoice(Vocabulary.Orders64, order, out WordOrder order64);
        entry["identify"].TryFlag(absent: false, out bool wantsIdentification);
        return new UnitSettings(connection, (byte)unitId, order, LimitKeys.Read(entry, connection))
        {
            Order64 = order64,
            WantsIdentification = wantsIdentification,
        };
    }
}
