using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Requests;

/// <summary>The messages of a Multiple Service Packet, request or reply: count, offsets from the count on, messages.</summary>
public readonly ref struct MessageTable
{
    private readonly ReadOnlySpan<byte> _data;

    private MessageTable(ReadOnlySpan<byte> data, int count)
    {
        _data = data;
        Count = count;
    }

    /// <summary>How many messages there are.</summary>
    public int Count { get; }

    /// <summary>One message, from its offset to that of the next; in the buffer of the packet.</summary>
    public ReadOnlySpan<byte> this[int index] => _data[Offset(index)..(index == Count - 1 ? _data.Length : Offset(index + 1))];

    /// <summary>Reads the data of a packet.</summary>
    /// <returns>False if an offset is outside of it or before the one in front of it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out MessageTable table)
    {
        table = default;
        if (data.Length < sizeof(ushort))
        {
            return false;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(data);
        int end = sizeof(ushort) * (1 + count);
        if (end > data.Length)
        {
            return false;
        }

        var read = new MessageTable(data, count);
        for (int i = 0; i < count; i++)
        {
            int offset = read.Offset(i);
            if (offset < end || offset > data.Length)
            {
                return false;
            }

            end = offset;
        }

        table = read;
        return true;
    }

    private int Offset(int index) => BinaryPrimitives.ReadUInt16LittleEndian(_data[(sizeof(ushort) * (1 + index))..]);
}
