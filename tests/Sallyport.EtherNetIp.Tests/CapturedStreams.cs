using System.Buffers.Binary;
using Sallyport.EtherNetIp.Encapsulation;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>The encapsulation frames in captured packets, put together from their TCP segments; what comes twice counts once.</summary>
internal sealed class CapturedStreams
{
    public const int Port = 44_818;
    private const int VlanTag = 0x8100;
    private const int Ip = 0x0800;
    private const int Tcp = 6;
    private const int Udp = 17;

    private readonly Dictionary<string, (uint Next, List<byte> Pending)> _streams = new(StringComparer.Ordinal);

    public List<(bool IsToServer, EncapsulationHeader Header, byte[] Body)> Frames { get; } = [];

    public int BrokenBytes { get; private set; }

    public void Add(ReadOnlySpan<byte> packet)
    {
        int at = 12;
        int type = BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        if (type == VlanTag)
        {
            at += 4;
            type = BinaryPrimitives.ReadUInt16BigEndian(packet[at..]);
        }

        if (type != Ip)
        {
            return;
        }

        ReadOnlySpan<byte> datagram = packet[(at + 2)..];
        datagram = datagram[..Math.Min(datagram.Length, BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]))];
        ReadOnlySpan<byte> segment = datagram[((datagram[0] & 0x0F) * 4)..];
        (int source, int target) = (BinaryPrimitives.ReadUInt16BigEndian(segment), BinaryPrimitives.ReadUInt16BigEndian(segment[2..]));
        if (source != Port && target != Port)
        {
            return;
        }

        string key = Convert.ToHexString(datagram[12..20]) + $"{source}>{target}";
        if (datagram[9] == Udp)
        {
            Take(target == Port, [.. segment[8..]]);
        }
        else if (datagram[9] == Tcp)
        {
            AddSegment(key, target == Port, BinaryPrimitives.ReadUInt32BigEndian(segment[4..]), segment[((segment[12] >> 4) * 4)..]);
        }
    }

    private void AddSegment(string key, bool isToServer, uint sequence, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return;
        }

        if (!_streams.TryGetValue(key, out (uint Next, List<byte> Pending) stream) || (int)(sequence - stream.Next) > 0)
        {
            // The first segment that was captured, or the first one behind a gap.
            stream = (sequence, []);
        }

        int known = (int)(stream.Next - sequence);
        if (known >= payload.Length)
        {
            return;
        }

        stream.Pending.AddRange(payload[known..]);
        _streams[key] = (sequence + (uint)payload.Length, Take(isToServer, stream.Pending));
    }

    private List<byte> Take(bool isToServer, List<byte> bytes)
    {
        byte[] pending = [.. bytes];
        int at = 0;
        while (EncapsulationFrame.Read(pending.AsSpan(at), out EncapsulationHeader header, out ReadOnlySpan<byte> body) is not FrameArrival.Incomplete and var arrival)
        {
            if (arrival is FrameArrival.Broken)
            {
                BrokenBytes += pending.Length - at;
                return [];
            }

            Frames.Add((isToServer, header, body.ToArray()));
            at += EncapsulationHeader.Size + body.Length;
        }

        return [.. pending[at..]];
    }
}
