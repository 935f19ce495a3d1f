namespace Sallyport.EtherNetIp.CommonPacketFormat;

/// <summary>One item of a packet.</summary>
public readonly ref struct PacketItem
{
    internal PacketItem(ItemType type, ReadOnlySpan<byte> data)
    {
        Type = type;
        Data = data;
    }

    /// <summary>What it holds.</summary>
    public ItemType Type { get; }

    /// <summary>Its bytes, in the buffer of the packet.</summary>
    public ReadOnlySpan<byte> Data { get; }
}
