using Sallyport.Ctl.Documents;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>What a point of Telegraf's belongs to.</summary>
/// <param name="Connection">Name of the connection in the draft.</param>
/// <param name="Name">Name of the device.</param>
/// <param name="HasManyUnits">Whether several units are behind it.</param>
/// <param name="Group">Name of the poll group in the draft.</param>
internal sealed record TelegrafDevice(string Connection, string Name, bool HasManyUnits, string Group)
{
    /// <summary>The unit in the draft.</summary>
    public string UnitIn(TwinDraft draft, DocumentNode origin, int unitId) =>
        draft.Unit(origin, HasManyUnits ? $"{Name}-{unitId}" : Name, Connection, unitId);
}
