using System.Buffers.Binary;
using System.IO.Compression;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>The packets of a compressed capture file, pcap or pcapng, little-endian, of Ethernet.</summary>
internal static class CaptureFile
{
    private const uint NextGeneration = 0x0A0D0D0A;
    private const int PcapHeaderSize = 24;
    private const int PcapRecordSize = 16;
    private const int EnhancedPacketBlock = 6;
    private const int EnhancedHeaderSize = 28;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Packets(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var all = new MemoryStream();
        file.CopyTo(all);
        byte[] bytes = all.ToArray();
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) == NextGeneration ? Blocks(bytes) : Records(bytes);
    }

    private static List<ReadOnlyMemory<byte>> Records(ReadOnlyMemory<byte> bytes)
    {
        List<ReadOnlyMemory<byte>> packets = [];
        for (int at = PcapHeaderSize; at < bytes.Length;)
        {
            int length = Int32(bytes, at + 8);
            packets.Add(bytes.Slice(at + PcapRecordSize, length));
            at += PcapRecordSize + length;
        }

        return packets;
    }

    private static List<ReadOnlyMemory<byte>> Blocks(ReadOnlyMemory<byte> bytes)
    {
        List<ReadOnlyMemory<byte>> packets = [];
        for (int at = 0; at < bytes.Length; at += Int32(bytes, at + 4))
        {
            if (Int32(bytes, at) == EnhancedPacketBlock)
            {
                packets.Add(bytes.Slice(at + EnhancedHeaderSize, Int32(bytes, at + 20)));
            }
        }

        return packets;
    }

    private static int Int32(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]);
}
