using System.Collections.Frozen;
using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The members of a point that say how its bits make a value: type, bit, wordOrder, and those of a string.</summary>
internal static class FormatKeys
{
    private const int HighestBit = 15;
    private const int MaxOrderLength = 16;

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = ["type", "bit", "wordOrder", .. TextKeys.All];

    /// <summary>Reads the format of a point, or refuses it.</summary>
    /// <param name="entry">The point.</param>
    /// <param name="table">Where it lies; null if that was refused.</param>
    /// <param name="settings">What its unit says.</param>
    public static ValueFormat? Read(DesiredReader entry, ModbusTable? table, UnitSettings settings)
    {
        if (!entry["type"].TryChoice(Vocabulary.Types, out DataType type) || table is null)
        {
            return null;
        }

        if (table.HoldsBits && type is not DataType.Bit)
        {
            entry["type"].Refuse($"A {table} holds bits: its type is bool.");
            return null;
        }

        var format = new ValueFormat(type is DataType.Bit && !table.HoldsBits ? DataType.RegisterBit : type, settings.Order);
        bool isGood = TryBit(entry["bit"], format.Type, table, out int bit) & TextKeys.TryRead(entry, format.Type, out TextFormat text);
        format = format with { BitNumber = bit, Text = text };
        return TryOrder(entry["wordOrder"], format, settings, out WordOrder order) & isGood ? format with { Order = order } : null;
    }

    private static bool TryBit(DesiredReader entry, DataType type, ModbusTable table, out int bit)
    {
        bit = 0;
        if (type is DataType.RegisterBit && !entry.Exists)
        {
            entry.Refuse($"A bool in a {table} is one bit of it: say which, 0 (the least significant) to {HighestBit}.");
            return false;
        }

        if (type is not DataType.RegisterBit && entry.Exists)
        {
            entry.Refuse("Only a bool in a register has this.");
            return false;
        }

        return type is not DataType.RegisterBit || entry.TryInteger(0, HighestBit, out bit);
    }

    private static bool TryOrder(DesiredReader entry, ValueFormat format, UnitSettings settings, out WordOrder order)
    {
        order = format.Width == 4 ? settings.Order64 : settings.Order;
        if (!entry.Exists)
        {
            return true;
        }

        if (!format.HasOrder)
        {
            entry.Refuse(format.Type is DataType.Text ? "A string has no word order; it has a packing." : "A single bit has no word order.");
            return false;
        }

        if (!entry.TryText(MaxOrderLength, out string? letters))
        {
            return false;
        }

        FrozenDictionary<string, WordOrder> orders = OrdersOf(format.Width);
        if (!orders.TryGetValue(letters, out order))
        {
            entry.Refuse($"\"{letters}\" is no order of the type {Vocabulary.WordFor(format.Type)}; known are {string.Join(", ", orders.Keys.Order(StringComparer.Ordinal))}.");
            return false;
        }

        return true;
    }

    private static FrozenDictionary<string, WordOrder> OrdersOf(int width) => width switch
    {
        1 => Vocabulary.Orders16,
        2 => Vocabulary.Orders,
        _ => Vocabulary.Orders64,
    };
}
