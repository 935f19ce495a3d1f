using System.Buffers.Binary;

namespace Sallyport.Simulator.EtherNetIpPlant.Messages;

/// <summary>Several requests in one message, to the message router object.</summary>
internal static class MultipleServicePacket
{
    /// <summary>The message router's class.</summary>
    public const uint Class = 2;

    /// <summary>The longest reply that carries no data: additional status of one word.</summary>
    private const int EmptyReplyLength = 6;

    /// <summary>Answers each of them, as far as the replies fit.</summary>
    public static void Answer(EtherNetIpDevice device, in CipRequest request, CipExchange exchange)
    {
        var data = request.Data;
        int count = data.Length < sizeof(ushort) ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(data);
        var reply = exchange.Reply;
        var listLength = sizeof(ushort) * (1 + count);
        if (count == 0 || data.Length < listLength)
        {
            exchange.Refuse(request.Service, CipStatus.NotEnoughData);
            return;
        }

        var end = reply.End;
        var start = reply.Begin(request.Service);
        if (reply.Room < listLength + (count * EmptyReplyLength))
        {
            reply.Position = start;
            exchange.Refuse(request.Service, CipStatus.ReplyTooLarge);
            return;
        }

        var list = reply.Position;
        reply.UInt16((ushort)count);
        reply.Take(count * sizeof(ushort));
        exchange.IsEmbedded = true;
        for (var index = 0; index < count; index++)
        {
            reply.PatchUInt16(list + (sizeof(ushort) * (1 + index)), reply.Position - list);
            reply.End = end - ((count - index - 1) * EmptyReplyLength);
            var reached = reply.Position;
            device.Answer(Embedded(data, count, index), exchange);
            if (reply.StatusOf(reached) != 0)
            {
                reply.PatchStatus(start, CipStatus.EmbeddedServiceError);
            }
        }

        exchange.IsEmbedded = false;
        reply.End = end;
    }

    /// <summary>One of the requests; nothing when its offset leads out of the list.</summary>
    private static ReadOnlySpan<byte> Embedded(ReadOnlySpan<byte> data, int count, int index)
    {
        int from = BinaryPrimitives.ReadUInt16LittleEndian(data[(sizeof(ushort) * (1 + index))..]);
        var to = index + 1 < count ? BinaryPrimitives.ReadUInt16LittleEndian(data[(sizeof(ushort) * (2 + index))..]) : data.Length;
        return from < sizeof(ushort) * (1 + count) || to > data.Length || from > to ? [] : data[from..to];
    }
}
