namespace Sallyport.EtherNetIp.CommonPacketFormat;

/// <summary>Walks the items of a packet, all of them: a reply may carry more than the two that were asked for.</summary>
/// <remarks>CIP Volume 2, section 2-6.</remarks>
public ref struct PacketItems
{
    internal const int InterfaceHandleAndTimeoutSize = 6;
    private ByteReader _reader;
    private int _left;

    private PacketItems(ByteReader reader, int count)
    {
        _reader = reader;
        _left = count;
        IsBroken = false;
    }

    /// <summary>Whether an item claims more bytes than there are. Known once <see cref="TryRead"/> has said that there is no further item.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The items in the body of SendRRData and SendUnitData, which begins with interface handle and timeout.</summary>
    /// <returns>False if the body is too short or is not for CIP.</returns>
    public static bool TryOfData(ReadOnlySpan<byte> body, out PacketItems items)
    {
        var reader = new ByteReader(body);
        items = default;

        // The timeout of a reply is whatever the target likes.
        return reader.TryReadUInt32(out uint interfaceHandle) && interfaceHandle == 0 && reader.TryReadUInt16(out _) && TryOf(reader.Rest, out items);
    }

    /// <summary>The items in the body of ListIdentity and ListServices.</summary>
    /// <returns>False if the body is too short.</returns>
    public static bool TryOf(ReadOnlySpan<byte> body, out PacketItems items)
    {
        var reader = new ByteReader(body);
        bool isThere = reader.TryReadUInt16(out ushort count);
        items = new PacketItems(reader, count);
        return isThere;
    }

    /// <summary>Reads the next item.</summary>
    /// <returns>False if there is none, or if the packet is broken.</returns>
    public bool TryRead(out PacketItem item)
    {
        item = default;
        if (_left == 0)
        {
            return false;
        }

        if (!_reader.TryReadUInt16(out ushort type) || !_reader.TryReadUInt16(out ushort length) || !_reader.TryRead(length, out ReadOnlySpan<byte> data))
        {
            (_left, IsBroken) = (0, true);
            return false;
        }

        _left--;
        item = new PacketItem((ItemType)type, data);
        return true;
    }
}
