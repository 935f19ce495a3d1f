using System.Globalization;
using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;
using Sallyport.Telemetry;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>Which numbers a type can bring.</summary>
/// <param name="Type">The word of the type.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
internal sealed record IntegerRange(string Type, Int128 Min, Int128 Max)
{
    /// <summary>The range of an integer or bit type.</summary>
    public static IntegerRange Of(DataType type)
    {
        (Int128 min, Int128 max) = type switch
        {
            DataType.Bit or DataType.RegisterBit => (0, 1),
            DataType.Signed8High or DataType.Signed8Low => (sbyte.MinValue, sbyte.MaxValue),
            DataType.Unsigned8High or DataType.Unsigned8Low => (byte.MinValue, byte.MaxValue),
            DataType.Signed16 => (short.MinValue, short.MaxValue),
            DataType.Unsigned16 => (ushort.MinValue, ushort.MaxValue),
            DataType.Signed32 => (int.MinValue, int.MaxValue),
            DataType.Unsigned32 => (uint.MinValue, uint.MaxValue),
            DataType.Signed64 => (long.MinValue, long.MaxValue),
            DataType.Decimal16 => (0, 9_999),
            DataType.Decimal32 => (0, 99_999_999),
            DataType.Decimal64 => (0, 9_999_999_999_999_999),
            _ => ((Int128)ulong.MinValue, (Int128)ulong.MaxValue),
        };
        return new IntegerRange(Vocabulary.WordFor(type), min, max);
    }

    /// <summary>Whether the type can bring this number; refuses it if not: it would never be met.</summary>
    /// <param name="entry">Where the number stands.</param>
    /// <param name="value">A number.</param>
    public bool Holds(DesiredReader entry, PointValue value)
    {
        Int128? number = value.Kind switch
        {
            PointValueKind.SignedInteger => value.AsInt64(),
            PointValueKind.UnsignedInteger => value.AsUInt64(),
            _ => null,
        };
        if (number is null || number < Min || number > Max)
        {
            entry.Refuse(string.Create(CultureInfo.InvariantCulture, $"{value} never comes from the type {Type}, which has whole numbers from {Min} to {Max}."));
            return false;
        }

        return true;
    }
}
