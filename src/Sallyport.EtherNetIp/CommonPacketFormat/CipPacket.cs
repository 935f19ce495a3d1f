using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.CommonPacketFormat;

/// <summary>The message in a body of SendRRData or SendUnitData, with what pairs it.</summary>
public readonly ref struct CipPacket
{
    private const int SequenceSize = sizeof(ushort);

    private CipPacket(uint connectionId, ushort sequence, ReadOnlySpan<byte> message)
    {
        ConnectionId = connectionId;
        Sequence = sequence;
        Message = message;
    }

    /// <summary>The connection of a connected message: the id that its receiver chose. 0 if it is unconnected.</summary>
    public uint ConnectionId { get; }

    /// <summary>The count of a connected message, echoed in its reply. 0 if it is unconnected.</summary>
    public ushort Sequence { get; }

    /// <summary>The request or reply of the message router, in the buffer of the packet.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>Reads the body of SendRRData.</summary>
    /// <returns>False if it is broken or holds no unconnected message.</returns>
    public static bool TryReadUnconnected(ReadOnlySpan<byte> body, out CipPacket packet)
    {
        packet = default;
        bool isThere = false;
        if (!PacketItems.TryOfData(body, out PacketItems items))
        {
            return false;
        }

        while (items.TryRead(out PacketItem item))
        {
            if (item.Type is ItemType.UnconnectedData && !isThere)
            {
                packet = new CipPacket(0, 0, item.Data);
                isThere = true;
            }
        }

        return isThere && !items.IsBroken;
    }

    /// <summary>Reads the body of SendUnitData.</summary>
    /// <returns>False if it is broken, or lacks the connection or its message.</returns>
    public static bool TryReadConnected(ReadOnlySpan<byte> body, out CipPacket packet)
    {
        packet = default;
        if (!PacketItems.TryOfData(body, out PacketItems items))
        {
            return false;
        }

        (bool hasAddress, bool hasData, uint connectionId) = (false, false, 0U);
        ReadOnlySpan<byte> data = default;
        while (items.TryRead(out PacketItem item))
        {
            if (item is { Type: ItemType.ConnectedAddress, Data.Length: sizeof(uint) })
            {
                (hasAddress, connectionId) = (true, BinaryPrimitives.ReadUInt32LittleEndian(item.Data));
            }
            else if (item is { Type: ItemType.ConnectedData, Data.Length: >= SequenceSize })
            {
                hasData = true;
                data = item.Data;
            }
        }

        if (!hasAddress || !hasData || items.IsBroken)
        {
            return false;
        }

        packet = new CipPacket(connectionId, BinaryPrimitives.ReadUInt16LittleEndian(data), data[SequenceSize..]);
        return true;
    }
}
