using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>The one buffer of a client in which replies are put together. Little-endian. Not safe for several threads.</summary>
internal sealed class ReplyWriter
{
    /// <summary>Header and the longest body that its length field can tell.</summary>
    public const int Capacity = 24 + ushort.MaxValue;

    private const byte ReplyBit = 0x80;
    private const int StatusOffset = 2;

    private readonly byte[] _bytes = new byte[Capacity];

    /// <summary>Where the next byte goes.</summary>
    public int Position { get; set; }

    /// <summary>Where the reply that is being written must end.</summary>
    public int End { get; set; } = Capacity;

    /// <summary>How many bytes the reply may still have.</summary>
    public int Room => End - Position;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Position);

    /// <summary>What has been written, to be changed.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(0, Position);

    /// <summary>Sets aside bytes that the caller fills. Their content is undefined.</summary>
    public Span<byte> Take(int count)
    {
        var taken = _bytes.AsSpan(Position, count);
        Position += count;
        return taken;
    }

    public void Byte(byte value) => Take(1)[0] = value;

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>One byte of length and the characters, all of them ASCII.</summary>
    public void ShortString(string value)
    {
        Byte((byte)value.Length);
        System.Text.Encoding.ASCII.GetBytes(value, Take(value.Length));
    }

    /// <summary>Overwrites a word.</summary>
    public void PatchUInt16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(at), (ushort)value);

    /// <summary>Begins a reply of the message router.</summary>
    /// <returns>Where it begins.</returns>
    public int Begin(byte service, CipStatus status = default)
    {
        var start = Position;
        Byte((byte)(service | ReplyBit));
        Byte(0);
        Byte(status.General);
        Byte((byte)((status.Extended is null ? 0 : 1) + (status.Detail is null ? 0 : 1)));
        if (status.Extended is { } extended)
        {
            UInt16(extended);
        }

        if (status.Detail is { } detail)
        {
            UInt16(detail);
        }

        return start;
    }

    /// <summary>Changes the general status of a reply without additional status.</summary>
    public void PatchStatus(int start, CipStatus status) => _bytes[start + StatusOffset] = status.General;

    /// <summary>The general status of a reply.</summary>
    public byte StatusOf(int start) => _bytes[start + StatusOffset];
}
