using System.Buffers.Binary;

namespace Sallyport.TestKit;

/// <summary>Reads the fields of one message of Protocol Buffers, one after the other. Trusts its input: what it reads, our own process wrote.</summary>
/// <remarks>protobuf.dev, Encoding: a tag is number × 8 + wire type; 0 varint, 1 eight bytes, 2 length and bytes, 5 four bytes.</remarks>
public ref struct ProtobufFields(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Number of the field.</summary>
    public int Number { get; private set; }

    /// <summary>What a field of bytes, text or another message holds.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>What a field of a number holds.</summary>
    public ulong Value { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong tag = Varint();
        Number = (int)(tag >> 3);
        Bytes = [];
        Value = 0;
        switch (tag & 7)
        {
            case 0:
                Value = Varint();
                break;
            case 1:
                Value = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case 2:
                Bytes = Take((int)Varint());
                break;
            case 5:
                Value = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            default:
                throw new InvalidDataException($"Field {Number} has wire type {tag & 7}.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
