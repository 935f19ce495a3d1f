using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The members of a point that say how its bits make a value: type, wordOrder.</summary>
internal static class FormatKeys
{
    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = ["type", "wordOrder"];

    /// <summary>Reads the format of a point, or refuses it.</summary>
    /// <param name="entry">The point.</param>
    /// <param name="table">Where it lies; null if that was refused.</param>
    /// <param name="settings">What its unit says.</param>
    public static ValueFormat? Read(DesiredReader entry, ModbusTable? table, UnitSettings settings)
    {
        bool isGood = entry["type"].TryChoice(Vocabulary.Types, out DataType type)
            & entry["wordOrder"].TryChoice(Vocabulary.Orders, settings.Order, out WordOrder order);
        if (!isGood || table is null)
        {
            return null;
        }

        if (table.HoldsBits != type is DataType.Bit)
        {
            entry["type"].Refuse(
                $"A {table} holds {(table.HoldsBits ? "bits: its type is bool" : "registers: its type is int16, uint16, int32, uint32 or float32")}.");
            return null;
        }

        return new ValueFormat(type, order);
    }
}
