using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Connections;

/// <summary>What a Forward Open or Large Forward Open asks for.</summary>
internal readonly ref struct ForwardOpenRequest
{
    private const int FixedLength = 36;
    private const ushort SmallSize = 0x1FF;

    private ForwardOpenRequest(ReadOnlySpan<byte> data, bool isLarge)
    {
        var width = isLarge ? sizeof(uint) : sizeof(ushort);
        TargetToOriginatorId = BinaryPrimitives.ReadUInt32LittleEndian(data[6..]);
        Originator = new(
            BinaryPrimitives.ReadUInt16LittleEndian(data[10..]),
            BinaryPrimitives.ReadUInt16LittleEndian(data[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(data[14..]));
        TimeoutMultiplier = data[18];
        RequestInterval = BinaryPrimitives.ReadUInt32LittleEndian(data[22..]);
        RequestParameters = Parameters(data[26..], isLarge);
        ReplyInterval = BinaryPrimitives.ReadUInt32LittleEndian(data[(26 + width)..]);
        ReplyParameters = Parameters(data[(30 + width)..], isLarge);
        Transport = data[30 + (2 * width)];
        Path = data[(32 + (2 * width))..];
    }

    /// <summary>Identifier that the originator chose for replies.</summary>
    public uint TargetToOriginatorId { get; }

    /// <summary>Serial numbers that name the connection.</summary>
    public OriginatorKey Originator { get; }

    /// <summary>0 to 7: the watchdog waits 4 to 512 intervals.</summary>
    public byte TimeoutMultiplier { get; }

    /// <summary>Requested interval of requests, in microseconds.</summary>
    public uint RequestInterval { get; }

    /// <summary>Size and type of the connection for requests, as 32 bits.</summary>
    public uint RequestParameters { get; }

    /// <summary>Requested interval of replies, in microseconds.</summary>
    public uint ReplyInterval { get; }

    /// <summary>Size and type of the connection for replies, as 32 bits.</summary>
    public uint ReplyParameters { get; }

    /// <summary>Direction, trigger and class.</summary>
    public byte Transport { get; }

    /// <summary>The connection path.</summary>
    public ReadOnlySpan<byte> Path { get; }

    /// <summary>Bytes of a connection, sequence count included.</summary>
    public static int SizeOf(uint parameters) => (int)(parameters & ushort.MaxValue);

    /// <summary>Whether a connection goes from one point to one other.</summary>
    public static bool IsPointToPoint(uint parameters) => ((parameters >> 29) & 3) == 2;

    /// <summary>Reads the request; false when its length is not that of its path.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, bool isLarge, out ForwardOpenRequest request)
    {
        request = default;
        var length = FixedLength + (isLarge ? 2 * sizeof(ushort) : 0);
        if (data.Length < length || data.Length != length + (2 * data[length - 1]))
        {
            return false;
        }

        request = new(data, isLarge);
        return true;
    }

    private static uint Parameters(ReadOnlySpan<byte> data, bool isLarge)
    {
        if (isLarge)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(data);
        }

        var small = BinaryPrimitives.ReadUInt16LittleEndian(data);
        return ((uint)(small & ~SmallSize) << 16) | (uint)(small & SmallSize);
    }
}
