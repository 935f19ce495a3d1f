using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Read Tag and Read Tag Fragmented.</summary>
internal static class TagReading
{
    private const int ReplyHeaderLength = 4;
    private const int CountLength = sizeof(ushort);
    private const int FragmentedLength = CountLength + sizeof(uint);
    private const ushort StructureCode = 0x02A0;

    /// <summary>Answers either of the two.</summary>
    public static void Answer(EtherNetIpDevice device, in CipRequest request, CipExchange exchange)
    {
        var status = TagPath.Find(device, request.Path, out var location);
        if (status == CipStatus.Success && location.Type.Template is not null && !device.Traits.KnowsWholeStructures)
        {
            status = CipStatus.PathDestinationUnknown;
        }

        var isFragmented = request.Service == CipService.ReadTagFragmented;
        if (status == CipStatus.Success)
        {
            var expected = isFragmented ? FragmentedLength : CountLength;
            status = request.Data.Length < expected ? CipStatus.NotEnoughData
                : request.Data.Length > expected ? new(0x15)
                : CipStatus.Success;
        }

        if (status != CipStatus.Success)
        {
            exchange.Refuse(request.Service, status);
            return;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(request.Data);
        var offset = isFragmented ? BinaryPrimitives.ReadUInt32LittleEndian(request.Data[CountLength..]) : 0;
        var total = count * location.Type.Size;
        var isText = location.Type == TagType.ShortString;
        if (count == 0 || count > location.Elements || offset >= total || (isText && offset > 0))
        {
            exchange.Refuse(request.Service, count == 0 ? CipStatus.InvalidValue : CipStatus.BeyondTheEnd);
            return;
        }

        if (isText)
        {
            Texts(request.Service, location, count, exchange);
        }
        else
        {
            Elements(device, request.Service, location, (int)offset, total, exchange);
        }
    }

    private static void Elements(EtherNetIpDevice device, byte service, in TagLocation location, int offset, int total, CipExchange exchange)
    {
        var reply = exchange.Reply;
        var room = Math.Max(reply.Room - ReplyHeaderLength - location.Type.PrefixLength, 0);
        var length = Math.Min(total - offset, room / location.Type.Grain * location.Type.Grain);
        if (length == 0)
        {
            // Not even one element fits beside its neighbours.
            reply.Begin(service, CipStatus.PartialTransfer);
            return;
        }

        reply.Begin(service, length < total - offset ? CipStatus.PartialTransfer : CipStatus.Success);
        Prefix(reply, location.Type);
        var into = reply.Take(length);
        location.Memory.CopyTo(location.Offset + offset, into, exchange);
        if (location.Bit is { } bit)
        {
            into[0] = (byte)((into[0] >> bit) & 1);
        }

        if (location.Type == TagType.Bool)
        {
            into.Replace((byte)1, device.Traits.TrueByte);
        }
    }

    /// <summary>Texts are shorter on the wire than in memory, and are only sent whole.</summary>
    private static void Texts(byte service, in TagLocation location, int count, CipExchange exchange)
    {
        var reply = exchange.Reply;
        var start = reply.Begin(service);
        Prefix(reply, location.Type);
        Span<byte> text = stackalloc byte[1 + TagType.ShortStringCharacters];
        for (var element = 0; element < count; element++)
        {
            location.Memory.CopyTo(location.Offset + (element * location.Type.Size), text, exchange);
            if (reply.Room < 1 + text[0])
            {
                reply.PatchStatus(start, CipStatus.PartialTransfer);
                return;
            }

            reply.Raw(text[..(1 + text[0])]);
        }
    }

    private static void Prefix(ReplyWriter reply, TagType type)
    {
        if (type.Template is { } template)
        {
            reply.UInt16(StructureCode);
            reply.UInt16(template.Handle);
        }
        else
        {
            reply.UInt16(type.Code);
        }
    }
}
