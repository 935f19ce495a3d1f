using Sallyport.Acquisition.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Which values the types of Modbus points can have.</summary>
internal static class ValueShapes
{
    /// <summary>The values of a type.</summary>
    public static ValueShape Of(ValueFormat format) => new(Vocabulary.WordFor(format.Type), format.IsNumber, RangeOf(format));

    private static (Int128 Min, Int128 Max)? RangeOf(ValueFormat format) => format.Type switch
    {
        DataType.Bit or DataType.RegisterBit => (0, 1),
        DataType.Signed8High or DataType.Signed8Low => (sbyte.MinValue, sbyte.MaxValue),
        DataType.Unsigned8High or DataType.Unsigned8Low => (byte.MinValue, byte.MaxValue),
        DataType.Signed16 => (short.MinValue, short.MaxValue),
        DataType.Unsigned16 => (ushort.MinValue, ushort.MaxValue),
        DataType.Signed32 => (int.MinValue, int.MaxValue),
        DataType.Unsigned32 => (uint.MinValue, uint.MaxValue),
        DataType.Signed64 => (long.MinValue, long.MaxValue),
        DataType.Unsigned64 => (ulong.MinValue, ulong.MaxValue),
        DataType.Decimal16 => (0, 9_999),
        DataType.Decimal32 => (0, 99_999_999),
        DataType.Decimal64 => (0, 9_999_999_999_999_999),
        _ => null,
    };
}
