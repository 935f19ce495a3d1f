using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Paths;

/// <summary>Walks the segments of a padded path.</summary>
/// <remarks>CIP Volume 1, appendix C.</remarks>
public ref struct PathSegments(ReadOnlySpan<byte> path)
{
    private const int KeyFormatWithSerial = 5;
    private ByteReader _reader = new(path);

    /// <summary>Whether a segment is not one or ends too early. Known once <see cref="TryRead"/> has said that there is no further segment.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Reads the next segment.</summary>
    /// <returns>False if there is none, or if the path is broken.</returns>
    public bool TryRead(out PathSegment segment)
    {
        segment = default;
        if (IsBroken || !_reader.TryReadByte(out byte head))
        {
            return false;
        }

        bool isRead = (head >> 5) switch
        {
            0 => TryReadPort(head, out segment),
            1 => TryReadLogical(head, out segment),
            2 => TryReadNetwork(head, out segment),
            4 => TryReadData(head, out segment),
            _ => false,
        };
        IsBroken = !isRead;
        return isRead;
    }

    private bool TryReadPort(byte head, out PathSegment segment)
    {
        segment = default;
        byte addressSize = 1;
        uint port = (uint)(head & 0x0F);
        bool isLong = (head & 0x10) != 0;
        if (isLong && !_reader.TryReadByte(out addressSize))
        {
            return false;
        }

        if (port == 15)
        {
            if (!_reader.TryReadUInt16(out ushort extended))
            {
                return false;
            }

            port = extended;
        }

        // Head, size and extended port are even together, or head and address.
        if (!_reader.TryRead(addressSize, out ReadOnlySpan<byte> address) || (isLong && (addressSize & 1) != 0 && !_reader.TrySkip(1)))
        {
            return false;
        }

        segment = new PathSegment(SegmentType.Port, port, address);
        return true;
    }

    private bool TryReadLogical(byte head, out PathSegment segment)
    {
        segment = default;
        int type = (head >> 2) & 7;
        if (type == 5)
        {
            if (head != 0x34 || !_reader.TryReadByte(out byte format) || !_reader.TryRead(format >= KeyFormatWithSerial ? 12 : 8, out ReadOnlySpan<byte> key))
            {
                return false;
            }

            segment = new PathSegment(SegmentType.ElectronicKey, format, key);
            return true;
        }

        int size = (head & 3) switch { 0 => 1, 1 => 2, 2 => 4, _ => 0 };
        if (size == 0 || type == 7 || (size > 1 && !_reader.TrySkip(1)) || !_reader.TryRead(size, out ReadOnlySpan<byte> value))
        {
            return false;
        }

        segment = new PathSegment(type == 6 ? SegmentType.Other : (SegmentType)(type + 1), Number(value));
        return true;
    }

    private bool TryReadNetwork(byte head, out PathSegment segment)
    {
        segment = new PathSegment(SegmentType.Other, head);

        // The short ones have one byte; the ones with the bit have a length in words.
        return (head & 0x10) == 0 ? _reader.TrySkip(1) : _reader.TryReadByte(out byte words) && _reader.TrySkip(words * 2);
    }

    private bool TryReadData(byte head, out PathSegment segment)
    {
        segment = default;
        if (!_reader.TryReadByte(out byte length))
        {
            return false;
        }

        switch (head)
        {
            case 0x91 when _reader.TryRead(length, out ReadOnlySpan<byte> name) && ((length & 1) == 0 || _reader.TrySkip(1)):
                segment = new PathSegment(SegmentType.Symbol, 0, name);
                return true;
            case 0x80:
                segment = new PathSegment(SegmentType.Other, head);
                return _reader.TrySkip(length * 2);
            default:
                return false;
        }
    }

    private static uint Number(ReadOnlySpan<byte> value) => value.Length switch
    {
        1 => value[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(value),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(value),
    };
}
