using System.Collections.Frozen;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The words of the configuration.</summary>
public static class Vocabulary
{
    /// <summary>The tables by name.</summary>
    public static FrozenDictionary<string, ModbusTable> Tables { get; } =
        ModbusTable.All.ToFrozenDictionary(table => table.Name, StringComparer.Ordinal);

    /// <summary>The data types by word.</summary>
    public static FrozenDictionary<string, DataType> Types { get; } = new Dictionary<string, DataType>(StringComparer.Ordinal)
    {
        ["bool"] = DataType.Bit,
        ["int8High"] = DataType.Signed8High,
        ["int8Low"] = DataType.Signed8Low,
        ["uint8High"] = DataType.Unsigned8High,
        ["uint8Low"] = DataType.Unsigned8Low,
        ["int16"] = DataType.Signed16,
        ["uint16"] = DataType.Unsigned16,
        ["int32"] = DataType.Signed32,
        ["uint32"] = DataType.Unsigned32,
        ["int64"] = DataType.Signed64,
        ["uint64"] = DataType.Unsigned64,
        ["float16"] = DataType.Real16,
        ["float32"] = DataType.Real32,
        ["float64"] = DataType.Real64,
        ["bcd16"] = DataType.Decimal16,
        ["bcd32"] = DataType.Decimal32,
        ["bcd64"] = DataType.Decimal64,
        ["string"] = DataType.Text,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How characters lie in registers, by word.</summary>
    public static FrozenDictionary<string, CharacterPacking> Packings { get; } = new Dictionary<string, CharacterPacking>(StringComparer.Ordinal)
    {
        ["highFirst"] = CharacterPacking.HighFirst,
        ["lowFirst"] = CharacterPacking.LowFirst,
        ["highOnly"] = CharacterPacking.HighOnly,
        ["lowOnly"] = CharacterPacking.LowOnly,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the bytes of characters mean, by word.</summary>
    public static FrozenDictionary<string, CharacterEncoding> Encodings { get; } = new Dictionary<string, CharacterEncoding>(StringComparer.Ordinal)
    {
        ["ascii"] = CharacterEncoding.Ascii,
        ["latin1"] = CharacterEncoding.Latin1,
        ["utf8"] = CharacterEncoding.Utf8,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word orders of 16-bit values by their two letters.</summary>
    public static FrozenDictionary<string, WordOrder> Orders16 { get; } = OrdersFor(registers: 1);

    /// <summary>The word orders of 32-bit values by their four letters.</summary>
    public static FrozenDictionary<string, WordOrder> Orders { get; } = OrdersFor(registers: 2);

    /// <summary>The word orders of 64-bit values by their eight letters.</summary>
    public static FrozenDictionary<string, WordOrder> Orders64 { get; } = OrdersFor(registers: 4);

    private static readonly FrozenDictionary<DataType, string> TypeWords =
        Types.ToFrozenDictionary(word => word.Value, word => word.Key);

    /// <summary>The word of a data type.</summary>
    public static string WordFor(DataType type) => TypeWords[type is DataType.RegisterBit ? DataType.Bit : type];

    private static FrozenDictionary<string, WordOrder> OrdersFor(int registers) =>
        WordOrder.For(registers).ToFrozenDictionary(order => order.Letters(registers), StringComparer.Ordinal);
}
