using System.Buffers.Binary;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>A controller in which every tag is an array of DINT that count up from 0, as bytes: it answers messages.</summary>
internal sealed class Controller
{
    public static readonly byte[] Identity = Convert.FromHexString("01000E005A00200B6030785634120B313735362D4C3833452F42");

    /// <summary>The largest reply to one part of a tag, in bytes.</summary>
    public int MaxPart { get; init; } = 480;

    /// <summary>What it says to a packet: 0 answers it.</summary>
    public byte PacketStatus { get; init; }

    public byte[] Answer(ReadOnlySpan<byte> message)
    {
        Assert.True(MessageRouterRequest.TryRead(message, out MessageRouterRequest request));
        bool isOfConnections = request.Path.SequenceEqual(Paths.CipPath.ConnectionManager.Bytes);
        switch ((CipService)request.Service)
        {
            case CipService.ReadTag:
                return Tag(request.Service, BinaryPrimitives.ReadUInt16LittleEndian(request.Data), 0);
            case CipService.UnconnectedSend when isOfConnections && PassedOnMessage.TryRead(request.Data, out PassedOnMessage passedOn):
                return Answer(passedOn.Message);
            case CipService.ReadTagFragmented:
                return Tag(request.Service, BinaryPrimitives.ReadUInt16LittleEndian(request.Data), (int)BinaryPrimitives.ReadUInt32LittleEndian(request.Data[2..]));
            case CipService.GetAttributesAll:
                return Reply(request.Service, 0, Identity);
            case CipService.MultipleServicePacket when PacketStatus != 0:
                return Reply(request.Service, PacketStatus, []);
            case CipService.MultipleServicePacket when MessageTable.TryRead(request.Data, out MessageTable inside):
                byte[][] replies = new byte[inside.Count][];
                for (int i = 0; i < replies.Length; i++)
                {
                    replies[i] = Answer(inside[i]);
                }

                return Packet(replies);
            case CipService.ForwardOpen or CipService.LargeForwardOpen:
                return Reply(request.Service, 0, Opened(request.Data));
            case CipService.ForwardClose:
                return Reply(request.Service, 0, [.. request.Data[2..10], 0, 0]);
            default:
                return Reply(request.Service, 0x08, []);
        }
    }

    public static byte[] Reply(int service, byte status, ReadOnlySpan<byte> data) => [(byte)(service | 0x80), 0, status, 0, .. data];

    public static byte[] Packet(params byte[][] replies)
    {
        byte[] head = new byte[2 + (2 * replies.Length)];
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)replies.Length);
        int offset = head.Length;
        for (int i = 0; i < replies.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2 + (2 * i)), (ushort)offset);
            offset += replies[i].Length;
        }

        byte status = replies.All(reply => reply[2] == 0) ? (byte)0 : (byte)0x1E;
        return Reply(0x0A, status, [.. head, .. replies.SelectMany(reply => reply)]);
    }

    private byte[] Tag(byte service, int elements, int offset)
    {
        byte[] values = new byte[elements * 4];
        for (int i = 0; i < elements; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(values.AsSpan(i * 4), i);
        }

        int length = Math.Min(values.Length - offset, MaxPart / 4 * 4);
        byte status = offset + length < values.Length ? (byte)0x06 : (byte)0;
        return Reply(service, status, [0xC4, 0x00, .. values.AsSpan(offset, length)]);
    }

    // The id it is sent to; then what the request has: our id, serial number, vendor, originator; both intervals; no application data.
    private static byte[] Opened(ReadOnlySpan<byte> request) =>
        [0x44, 0x33, 0x22, 0x11, .. request[6..18], .. request[22..26], .. request[22..26], 0, 0];
}
