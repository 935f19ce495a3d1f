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
        ["int16"] = DataType.Signed16,
        ["uint16"] = DataType.Unsigned16,
        ["int32"] = DataType.Signed32,
        ["uint32"] = DataType.Unsigned32,
        ["float32"] = DataType.Real32,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word orders by word.</summary>
    public static FrozenDictionary<string, WordOrder> Orders { get; } = new Dictionary<string, WordOrder>(StringComparer.Ordinal)
    {
        ["ABCD"] = WordOrder.Abcd,
        ["CDAB"] = WordOrder.Cdab,
        ["BADC"] = WordOrder.Badc,
        ["DCBA"] = WordOrder.Dcba,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<DataType, string> TypeWords =
        Types.ToFrozenDictionary(word => word.Value, word => word.Key);

    /// <summary>The word of a data type.</summary>
    public static string WordFor(DataType type) => TypeWords[type];
}
