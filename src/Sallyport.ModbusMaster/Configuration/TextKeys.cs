using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The members of a point that is a string: registers, packing, encoding.</summary>
internal static class TextKeys
{
    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = ["registers", "packing", "encoding"];

    /// <summary>Reads how registers make a text, or refuses it; refuses the members too where there is no string.</summary>
    public static bool TryRead(DesiredReader entry, DataType type, out TextFormat text)
    {
        text = TextFormat.Shortest;
        if (type is not DataType.Text)
        {
            return HasNone(entry);
        }

        // A string is read by one request, or its parts could stem from different times.
        bool isGood = entry["registers"].TryInteger(1, ModbusTable.HoldingRegister.MaxQuantity, out int registers)
            & entry["packing"].TryChoice(Vocabulary.Packings, CharacterPacking.HighFirst, out CharacterPacking packing)
            & entry["encoding"].TryChoice(Vocabulary.Encodings, CharacterEncoding.Ascii, out CharacterEncoding encoding);
        text = isGood ? new TextFormat(registers, packing, encoding) : text;
        return isGood;
    }

    private static bool HasNone(DesiredReader entry)
    {
        bool hasNone = true;
        foreach (string key in All)
        {
            if (entry[key].Exists)
            {
                entry[key].Refuse("Only a string has this.");
                hasNone = false;
            }
        }

        return hasNone;
    }
}
