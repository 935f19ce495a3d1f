using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>What a SendRRData or SendUnitData carries: one CIP message, and the connection that it belongs to.</summary>
internal readonly ref struct CommonPacket
{
    /// <summary>Interface handle and timeout in front of the items.</summary>
    public const int PrefixLength = 6;

    /// <summary>Null address.</summary>
    public const ushort NullAddress = 0;

    /// <summary>Identifier of a connection.</summary>
    public const ushort ConnectedAddress = 0xA1;

    /// <summary>Sequence count and message.</summary>
    public const ushort ConnectedData = 0xB1;

    /// <summary>Message.</summary>
    public const ushort UnconnectedData = 0xB2;

    private const int ItemHeaderLength = 4;

    private CommonPacket(uint connectionId, ReadOnlySpan<byte> data)
    {
        ConnectionId = connectionId;
        Data = data;
    }

    /// <summary>Of a connected address; else 0.</summary>
    public uint ConnectionId { get; }

    /// <summary>Content of the data item.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Walks all items of a body; false when they do not fit it, or when it lacks an address or the data asked for.</summary>
    /// <param name="body">What follows the encapsulation header.</param>
    /// <param name="isConnected">Whether it must be a message of a connection.</param>
    /// <param name="packet">What it carries.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, bool isConnected, out CommonPacket packet)
    {
        packet = default;
        if (body.Length < PrefixLength + 2 || BinaryPrimitives.ReadUInt32LittleEndian(body) != 0)
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(body[PrefixLength..]);
        var rest = body[(PrefixLength + 2)..];
        var (hasAddress, hasData, connectionId) = (false, false, 0u);
        ReadOnlySpan<byte> data = [];
        for (; count > 0; count--)
        {
            if (rest.Length < ItemHeaderLength)
            {
                return false;
            }

            var type = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            rest = rest[ItemHeaderLength..];
            if (rest.Length < length)
            {
                return false;
            }

            if (type == (isConnected ? ConnectedAddress : NullAddress) && length == (isConnected ? sizeof(uint) : 0))
            {
                (hasAddress, connectionId) = (true, isConnected ? BinaryPrimitives.ReadUInt32LittleEndian(rest) : 0);
            }
            else if (type == (isConnected ? ConnectedData : UnconnectedData))
            {
                hasData = true;
                data = rest[..length];
            }

            rest = rest[length..];
        }

        packet = new(connectionId, data);
        return hasAddress && hasData && rest.IsEmpty;
    }
}
