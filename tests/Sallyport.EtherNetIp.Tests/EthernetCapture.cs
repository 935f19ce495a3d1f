using System.Buffers.Binary;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>A capture file (pcap) of one TCP connection on the port of EtherNet/IP, one message in each segment.</summary>
internal sealed class EthernetCapture
{
    private const int HeadersSize = 14 + 20 + 20;
    private readonly MemoryStream _file = new();
    private uint _fromClient = 1000;
    private uint _fromServer = 5000;

    public EthernetCapture() => _file.Write(Convert.FromHexString("D4C3B2A1" + "02000400" + "00000000" + "00000000" + "FFFF0000" + "01000000"));

    public int Count { get; private set; }

    public byte[] ToArray() => _file.ToArray();

    public void Add(bool isToServer, ReadOnlySpan<byte> payload)
    {
        byte[] packet = new byte[HeadersSize + payload.Length];
        Span<byte> ethernet = packet;
        BinaryPrimitives.WriteUInt16BigEndian(ethernet[12..], 0x0800);
        Span<byte> ip = ethernet[14..];
        (ip[0], ip[8], ip[9]) = (0x45, 64, 6);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(20 + 20 + payload.Length));
        (ip[12], ip[15]) = (10, isToServer ? (byte)1 : (byte)2);
        (ip[16], ip[19]) = (10, isToServer ? (byte)2 : (byte)1);
        Span<byte> tcp = ip[20..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, isToServer ? (ushort)50_000 : (ushort)CapturedStreams.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], isToServer ? (ushort)CapturedStreams.Port : (ushort)50_000);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], isToServer ? _fromClient : _fromServer);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], isToServer ? _fromServer : _fromClient);
        (tcp[12], tcp[13]) = (0x50, 0x18);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        payload.CopyTo(packet.AsSpan(HeadersSize));
        _fromClient += isToServer ? (uint)payload.Length : 0;
        _fromServer += isToServer ? 0 : (uint)payload.Length;

        Span<byte> record = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], ++Count * 1000);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], packet.Length);
        _file.Write(record);
        _file.Write(packet);
    }
}
