using System.Buffers.Binary;

namespace Sallyport.EtherNetIp;

/// <summary>Takes little-endian fields from the front of bytes, and never more than there are.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>What has not been taken.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    public bool TryRead(int length, out ReadOnlySpan<byte> part)
    {
        if (length < 0 || length > Rest.Length)
        {
            part = default;
            return false;
        }

        part = Rest[..length];
        Rest = Rest[length..];
        return true;
    }

    public bool TryReadByte(out byte value)
    {
        bool isThere = TryRead(sizeof(byte), out ReadOnlySpan<byte> part);
        value = isThere ? part[0] : default;
        return isThere;
    }

    public bool TryReadUInt16(out ushort value)
    {
        bool isThere = TryRead(sizeof(ushort), out ReadOnlySpan<byte> part);
        value = isThere ? BinaryPrimitives.ReadUInt16LittleEndian(part) : default;
        return isThere;
    }

    public bool TryReadUInt32(out uint value)
    {
        bool isThere = TryRead(sizeof(uint), out ReadOnlySpan<byte> part);
        value = isThere ? BinaryPrimitives.ReadUInt32LittleEndian(part) : default;
        return isThere;
    }

    public bool TrySkip(int length) => TryRead(length, out _);
}
