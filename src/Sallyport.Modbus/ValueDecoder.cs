using System.Buffers.Binary;
using System.Diagnostics;
using Sallyport.Telemetry;

namespace Sallyport.Modbus;

/// <summary>Makes values of the data bytes of a reply.</summary>
public static class ValueDecoder
{
    /// <summary>Decodes one value.</summary>
    /// <param name="data">The data bytes of the reply.</param>
    /// <param name="offset">Addresses between the first of the request and the first of the value.</param>
    /// <param name="format">What lies there.</param>
    public static PointValue Decode(ReadOnlySpan<byte> data, int offset, ValueFormat format) => format.Type switch
    {
        DataType.Bit => PointValue.FromBoolean((data[offset / 8] & (1 << (offset % 8))) != 0),
        DataType.Signed16 => PointValue.FromInt64((short)Read16(data[(offset * 2)..], format.Order)),
        DataType.Unsigned16 => PointValue.FromInt64(Read16(data[(offset * 2)..], format.Order)),
        DataType.Signed32 => PointValue.FromInt64((int)Read32(data[(offset * 2)..], format.Order)),
        DataType.Unsigned32 => PointValue.FromInt64(Read32(data[(offset * 2)..], format.Order)),
        DataType.Real32 => PointValue.FromSingle(ReadSingle(Read32(data[(offset * 2)..], format.Order))),
        _ => throw new UnreachableException($"No such type: {format.Type}."),
    };

    private static ushort Read16(ReadOnlySpan<byte> bytes, WordOrder order) => order switch
    {
        WordOrder.Abcd or WordOrder.Cdab => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        WordOrder.Badc or WordOrder.Dcba => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => throw new UnreachableException($"No such order: {order}."),
    };

    private static uint Read32(ReadOnlySpan<byte> bytes, WordOrder order)
    {
        uint first = Read16(bytes, order);
        uint second = Read16(bytes[2..], order);
        return order is WordOrder.Abcd or WordOrder.Badc ? (first << 16) | second : (second << 16) | first;
    }

    private static float ReadSingle(uint bits)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bits);
        return BinaryPrimitives.ReadSingleBigEndian(bytes);
    }
}
