using System.Buffers.Binary;
using Sallyport.EtherNetIp.Replies;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIp.Types;

/// <summary>Makes values of the bytes of a reply. Never throws, whatever the bytes are, and allocates nothing but texts.</summary>
public static class ValueDecoder
{
    private const int BitsPerByte = 8;

    /// <summary>Decodes one element of an elementary type.</summary>
    /// <param name="tag">What the reply has.</param>
    /// <param name="elements">How many elements were asked for.</param>
    /// <param name="index">Which one is meant, from 0.</param>
    /// <param name="format">How it is read.</param>
    /// <returns>The value, or why there is none: another type than expected, a reply that ends too early, NaN, infinity.</returns>
    public static ValueOutcome Decode(TagData tag, int elements, int index, ElementFormat format)
    {
        if (tag.TypeCode != (ushort)format.Type)
        {
            return ValueOutcome.Bad(StatusCode.BadConfigurationError, "the tag has another type than expected");
        }

        if (CipDataTypes.IsText(format.Type))
        {
            return Text(tag.Bytes, index, format);
        }

        int size = CipDataTypes.SizeOf(format.Type, tag.Bytes.Length, elements);
        return DecodeSized(tag.Bytes, (long)index * size, size, format);
    }

    /// <summary>Decodes the value of an elementary type at a place in a structure.</summary>
    /// <param name="structure">The bytes of the structure.</param>
    /// <param name="offset">Where the value begins.</param>
    /// <param name="format">How it is read.</param>
    /// <returns>The value, or why there is none.</returns>
    public static ValueOutcome Decode(ReadOnlySpan<byte> structure, int offset, ElementFormat format) =>
        CipDataTypes.IsText(format.Type) ? ElementaryText(structure, offset, format) : DecodeSized(structure, offset, CipDataTypes.SizeOf(format.Type), format);

    /// <summary>Decodes a string of a Logix controller, which is a structure of its length and its characters.</summary>
    /// <param name="structure">The bytes around it.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="capacity">How many characters it has room for.</param>
    /// <param name="encoding">What they mean.</param>
    /// <returns>The text, or why there is none.</returns>
    public static ValueOutcome DecodeString(ReadOnlySpan<byte> structure, int offset, int capacity, TextEncoding encoding)
    {
        long size = TextDecoder.LogixLengthSize + (long)capacity;
        return offset >= 0 && capacity >= 0 && offset <= structure.Length - size
            ? TextDecoder.DecodeLogix(structure.Slice(offset, (int)size), encoding)
            : TooShort();
    }

    private static ValueOutcome DecodeSized(ReadOnlySpan<byte> bytes, long offset, int size, ElementFormat format)
    {
        if (size == 0)
        {
            return ValueOutcome.Bad(StatusCode.BadConfigurationError, "a type that is not known");
        }

        if (offset < 0 || offset > bytes.Length - size)
        {
            return TooShort();
        }

        ReadOnlySpan<byte> value = bytes.Slice((int)offset, size);
        return format.Bit == ElementFormat.NoBit ? Whole(value, format.Type) : Bit(value, format.Bit);
    }

    private static ValueOutcome Whole(ReadOnlySpan<byte> value, CipDataType type) => type switch
    {
        CipDataType.Bool => ValueOutcome.Good(PointValue.FromBoolean(value[0] != 0)),
        CipDataType.Sint => Signed((sbyte)value[0]),
        CipDataType.Int => Signed(BinaryPrimitives.ReadInt16LittleEndian(value)),
        CipDataType.Dint or CipDataType.Time or CipDataType.Ftime => Signed(BinaryPrimitives.ReadInt32LittleEndian(value)),
        CipDataType.Stime when value.Length == sizeof(int) => Signed(BinaryPrimitives.ReadInt32LittleEndian(value)),
        CipDataType.Lint or CipDataType.Stime or CipDataType.DateAndTime or CipDataType.Ltime or CipDataType.LongTime =>
            Signed(BinaryPrimitives.ReadInt64LittleEndian(value)),
        CipDataType.Real => ValueOutcome.Good(PointValue.FromSingle(BinaryPrimitives.ReadSingleLittleEndian(value))),
        CipDataType.Lreal => ValueOutcome.Good(PointValue.FromDouble(BinaryPrimitives.ReadDoubleLittleEndian(value))),
        CipDataType.Ulint or CipDataType.Lword => ValueOutcome.Good(PointValue.FromUInt64(BinaryPrimitives.ReadUInt64LittleEndian(value))),
        _ => Signed((long)Unsigned(value)),
    };

    private static ValueOutcome Bit(ReadOnlySpan<byte> value, int bit) => bit >= 0 && bit < value.Length * BitsPerByte
        ? ValueOutcome.Good(PointValue.FromBoolean((value[bit / BitsPerByte] & (1 << (bit % BitsPerByte))) != 0))
        : ValueOutcome.Bad(StatusCode.BadConfigurationError, "the type has no such bit");

    private static ulong Unsigned(ReadOnlySpan<byte> value) => value.Length switch
    {
        1 => value[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(value),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(value),
    };

    private static ValueOutcome Text(ReadOnlySpan<byte> bytes, int index, ElementFormat format)
    {
        int offset = 0;
        for (int i = 0; i < index; i++)
        {
            if (!TryMeasure(bytes, offset, format.Type, out int start, out int length))
            {
                return TooShort();
            }

            offset = start + length;
        }

        return ElementaryText(bytes, offset, format);
    }

    private static ValueOutcome ElementaryText(ReadOnlySpan<byte> bytes, int offset, ElementFormat format) =>
        TryMeasure(bytes, offset, format.Type, out int start, out int length)
            ? TextDecoder.Decode(bytes.Slice(start, length), format.Encoding)
            : TooShort();

    private static bool TryMeasure(ReadOnlySpan<byte> bytes, int offset, CipDataType type, out int start, out int length)
    {
        int prefix = type is CipDataType.String ? sizeof(ushort) : sizeof(byte);
        (start, length) = (0, 0);
        if (offset < 0 || offset > bytes.Length - prefix)
        {
            return false;
        }

        start = offset + prefix;
        length = (int)Unsigned(bytes.Slice(offset, prefix));
        return length <= bytes.Length - start;
    }

    private static ValueOutcome Signed(long value) => ValueOutcome.Good(PointValue.FromInt64(value));

    private static ValueOutcome TooShort() => ValueOutcome.Bad(StatusCode.BadCommunicationError, "the reply ends before the value");
}
