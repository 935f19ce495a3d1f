using Sallyport.Modbus;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Telegraf's words and ours. The only table of this importer.</summary>
internal static class TelegrafWords
{
    /// <summary>Names of register sections and of <c>register</c>.</summary>
    public static IReadOnlyDictionary<string, ModbusTable> Tables { get; } = new Dictionary<string, ModbusTable>(StringComparer.OrdinalIgnoreCase)
    {
        ["coils"] = ModbusTable.Coil,
        ["coil"] = ModbusTable.Coil,
        ["discrete_inputs"] = ModbusTable.DiscreteInput,
        ["discrete"] = ModbusTable.DiscreteInput,
        ["holding_registers"] = ModbusTable.HoldingRegister,
        ["holding"] = ModbusTable.HoldingRegister,
        ["input_registers"] = ModbusTable.InputRegister,
        ["input"] = ModbusTable.InputRegister,
    };

    /// <summary>Types whose size their name says: our word, and registers.</summary>
    public static IReadOnlyDictionary<string, (string Word, int Registers)> Types { get; } =
        new Dictionary<string, (string Word, int Registers)>(StringComparer.OrdinalIgnoreCase)
        {
            ["BIT"] = ("bool", 1),
            ["INT8H"] = ("int8High", 1),
            ["INT8L"] = ("int8Low", 1),
            ["UINT8H"] = ("uint8High", 1),
            ["UINT8L"] = ("uint8Low", 1),
            ["INT16"] = ("int16", 1),
            ["UINT16"] = ("uint16", 1),
            ["INT32"] = ("int32", 2),
            ["UINT32"] = ("uint32", 2),
            ["INT64"] = ("int64", 4),
            ["UINT64"] = ("uint64", 4),
            ["FLOAT16"] = ("float16", 1),
            ["FLOAT16-IEEE"] = ("float16", 1),
            ["FLOAT32"] = ("float32", 2),
            ["FLOAT32-IEEE"] = ("float32", 2),
            ["FLOAT64"] = ("float64", 4),
            ["FLOAT64-IEEE"] = ("float64", 4),
        };

    /// <summary>Fixed-point types of the register style, by registers: integers with a scale. <c>FLOAT32</c> is one of them there.</summary>
    public static IReadOnlyDictionary<(string Word, int Registers), string> FixedPoint { get; } = new Dictionary<(string Word, int Registers), string>
    {
        [("FIXED", 1)] = "int16",
        [("FIXED", 2)] = "int32",
        [("FIXED", 4)] = "int64",
        [("UFIXED", 1)] = "uint16",
        [("UFIXED", 2)] = "uint32",
        [("UFIXED", 4)] = "uint64",
        [("FLOAT32", 1)] = "uint16",
        [("FLOAT32", 2)] = "uint32",
        [("FLOAT32", 4)] = "uint64",
    };

    /// <summary>The big-endian orders, which are ours when nothing is said.</summary>
    public static IReadOnlySet<string> BigEndian { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "AB", "ABCD", "ABCDEFGH" };

    /// <summary>An order for a value of so many registers: Telegraf names orders of 16 and 64 bits by four letters too.</summary>
    public static IReadOnlyDictionary<(string Word, int Registers), string> Orders { get; } = new Dictionary<(string Word, int Registers), string>
    {
        [("BA", 1)] = "BA",
        [("DCBA", 1)] = "BA",
        [("BADC", 1)] = "BA",
        [("CDAB", 1)] = "AB",
        [("BA", 2)] = "DCBA",
        [("DCBA", 2)] = "DCBA",
        [("BADC", 2)] = "BADC",
        [("CDAB", 2)] = "CDAB",
        [("BA", 4)] = "HGFEDCBA",
        [("DCBA", 4)] = "HGFEDCBA",
        [("BADC", 4)] = "BADCFEHG",
        [("CDAB", 4)] = "GHEFCDAB",
        [("HGFEDCBA", 4)] = "HGFEDCBA",
        [("BADCFEHG", 4)] = "BADCFEHG",
        [("GHEFCDAB", 4)] = "GHEFCDAB",
    };
}
