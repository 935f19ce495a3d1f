using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sallyport.Telemetry;

namespace Sallyport.Modbus;

/// <summary>Makes values of the data bytes of a reply. Never throws, whatever the bytes are, and allocates nothing but texts.</summary>
public static class ValueDecoder
{
    private const int BytesPerRegister = 2;
    private const int BitsPerByte = 8;

    /// <summary>Decodes one value.</summary>
    /// <param name="data">The data bytes of the reply.</param>
    /// <param name="offset">Addresses between the first of the request and the first of the value.</param>
    /// <param name="format">What lies there.</param>
    /// <returns>The value, or why these bytes are none: digits beyond 9, text that is not in its encoding, NaN, infinity, a reply that ends too early.</returns>
    public static ValueOutcome Decode(ReadOnlySpan<byte> data, int offset, ValueFormat format)
    {
        if (format.Type is DataType.Bit)
        {
            int at = offset / BitsPerByte;
            return at < data.Length ? Good((data[at] & (1 << (offset % BitsPerByte))) != 0) : TooShort();
        }

        int start = offset * BytesPerRegister;
        int length = format.Width * BytesPerRegister;
        return start <= data.Length - length ? Registers(data.Slice(start, length), format) : TooShort();
    }

    private static ValueOutcome Registers(ReadOnlySpan<byte> bytes, ValueFormat format) => format.Width switch
    {
        _ when format.Type is DataType.Text => TextDecoder.Decode(bytes, format.Text),
        1 => OneRegister(Read16(bytes, format.Order), format),
        2 => TwoRegisters(Read32(bytes, format.Order), format.Type),
        _ => FourRegisters(Read64(bytes, format.Order), format.Type),
    };

    private static ValueOutcome OneRegister(ushort bits, ValueFormat format) => format.Type switch
    {
        DataType.RegisterBit => Good((bits & (1 << format.BitNumber)) != 0),
        DataType.Signed8High => Good((sbyte)(bits >> BitsPerByte)),
        DataType.Signed8Low => Good((sbyte)bits),
        DataType.Unsigned8High => Good((byte)(bits >> BitsPerByte)),
        DataType.Unsigned8Low => Good((byte)bits),
        DataType.Signed16 => Good((short)bits),
        DataType.Unsigned16 => Good(bits),
        DataType.Real16 => ValueOutcome.Good(PointValue.FromSingle((float)Unsafe.BitCast<ushort, Half>(bits))),
        DataType.Decimal16 => DecimalDigits.Decode(bits),
        _ => throw NoSuchType(format.Type),
    };

    private static ValueOutcome TwoRegisters(uint bits, DataType type) => type switch
    {
        DataType.Signed32 => Good((int)bits),
        DataType.Unsigned32 => Good(bits),
        DataType.Real32 => ValueOutcome.Good(PointValue.FromSingle(Unsafe.BitCast<uint, float>(bits))),
        DataType.Decimal32 => DecimalDigits.Decode(bits),
        _ => throw NoSuchType(type),
    };

    private static ValueOutcome FourRegisters(ulong bits, DataType type) => type switch
    {
        DataType.Signed64 => Good((long)bits),
        DataType.Unsigned64 => ValueOutcome.Good(PointValue.FromUInt64(bits)),
        DataType.Real64 => ValueOutcome.Good(PointValue.FromDouble(Unsafe.BitCast<ulong, double>(bits))),
        DataType.Decimal64 => DecimalDigits.Decode(bits),
        _ => throw NoSuchType(type),
    };

    private static ushort Read16(ReadOnlySpan<byte> bytes, WordOrder order) =>
        order.SwapsBytes ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, WordOrder order)
    {
        uint first = Read16(bytes, order);
        uint second = Read16(bytes[2..], order);
        return order.SwapsWords ? (second << 16) | first : (first << 16) | second;
    }

    private static ulong Read64(ReadOnlySpan<byte> bytes, WordOrder order)
    {
        ulong first = Read32(bytes, order);
        ulong second = Read32(bytes[4..], order);
        return order.SwapsHalves ? (second << 32) | first : (first << 32) | second;
    }

    private static ValueOutcome Good(bool value) => ValueOutcome.Good(PointValue.FromBoolean(value));

    private static ValueOutcome Good(long value) => ValueOutcome.Good(PointValue.FromInt64(value));

    private static ValueOutcome TooShort() => ValueOutcome.Bad(StatusCode.BadCommunicationError, "the reply ends before the value");

    private static UnreachableException NoSuchType(DataType type) => new($"No such type: {type}.");
}
