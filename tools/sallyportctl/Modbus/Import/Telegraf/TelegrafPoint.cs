using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;
using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Writes the members of a point that all styles have.</summary>
internal static class TelegrafPoint
{
    /// <summary>Adds type, order and scale.</summary>
    /// <param name="point">The point.</param>
    /// <param name="field">Where the foreign keys are.</param>
    /// <param name="type">Our word for the type.</param>
    /// <param name="registers">How many registers a value takes.</param>
    /// <param name="order">The foreign word for the order, if there is one.</param>
    /// <param name="reason">Why it cannot be.</param>
    public static bool TryFormat(
        JsonObject point, DocumentNode field, string type, int registers, string? order, [NotNullWhen(false)] out string? reason)
    {
        reason = null;
        point["type"] = type;
        if (type is "bool")
        {
            point["bit"] = field.NumberOf("bit") ?? 0;
            return true;
        }

        if (type is "string")
        {
            point["registers"] = registers;
            return true;
        }

        bool isPlain = order is null || TelegrafWords.BigEndian.Contains(order);
        string? word = null;
        if (!isPlain && !TelegrafWords.Orders.TryGetValue((order!.ToUpperInvariant(), registers), out word))
        {
            reason = $"A value of {registers} registers has no byte order \"{order}\".";
            return false;
        }

        if (word is not null and not "AB")
        {
            point["wordOrder"] = word;
        }

        if (field.FractionOf("scale") is { } scale and not (0 or 1))
        {
            point["scale"] = scale;
        }

        return true;
    }

    /// <summary>The members that say where it lies.</summary>
    public static JsonObject At(string group, ModbusTable table, int address) => new()
    {
        ["group"] = group,
        ["table"] = table.Name,
        ["address"] = address,
    };

    /// <summary>Names in the order of preference: fields of different measurements may be called alike.</summary>
    public static string[] NamesOf(DocumentNode field, DocumentNode? parent)
    {
        string name = field.TextOf("name") ?? "unnamed";
        string? measurement = field.TextOf("measurement") ?? parent?.TextOf("measurement");
        return measurement is null ? [name] : [name, $"{measurement}_{name}"];
    }
}
