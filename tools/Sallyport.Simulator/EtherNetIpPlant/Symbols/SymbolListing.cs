using System.Buffers.Binary;
using System.Text;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Get Instance Attribute List on the symbol object: browses a scope, page by page.</summary>
internal static class SymbolListing
{
    private const int DimensionFields = 3;
    private const uint BaseTag = 1 << 26;

    /// <summary>Answers one page.</summary>
    public static void Answer(EtherNetIpDevice device, in CipRequest request, CipExchange exchange)
    {
        var reader = new PathReader(request.Path);
        if (!reader.TryNext(out var segment)
            || TagPath.FindScope(device, ref reader, ref segment) is not { } scope
            || segment is not { Kind: SegmentKind.ClassId, Number: TagPath.SymbolClass }
            || !reader.TryNext(out var instance)
            || instance.Kind is not SegmentKind.InstanceId)
        {
            exchange.Refuse(request.Service, CipStatus.PathSegmentError);
            return;
        }

        var attributes = request.Data;
        if (attributes.Length < sizeof(ushort) || attributes.Length != sizeof(ushort) * (1 + BinaryPrimitives.ReadUInt16LittleEndian(attributes)))
        {
            exchange.Refuse(request.Service, CipStatus.NotEnoughData);
            return;
        }

        attributes = attributes[sizeof(ushort)..];
        for (var at = 0; at < attributes.Length; at += sizeof(ushort))
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(attributes[at..]) is not (1 or 2 or 3 or 5 or 6 or 7 or 8 or 10))
            {
                exchange.Refuse(request.Service, CipStatus.AttributeListError);
                return;
            }
        }

        List(device, scope, instance.Number, attributes, exchange.Reply, exchange.Reply.Begin(request.Service));
    }

    private static void List(EtherNetIpDevice device, SymbolScope scope, uint first, ReadOnlySpan<byte> attributes, ReplyWriter reply, int start)
    {
        for (var index = scope.IndexFrom(first); index < scope.Symbols.Count; index++)
        {
            var symbol = scope.Symbols[index];
            if (!device.Traits.KnowsWholeStructures && symbol.Type?.Template is not null)
            {
                continue;
            }

            var before = reply.Position;
            reply.UInt32(symbol.Id);
            for (var at = 0; at < attributes.Length; at += sizeof(ushort))
            {
                Attribute(BinaryPrimitives.ReadUInt16LittleEndian(attributes[at..]), symbol, reply);
            }

            if (reply.Room < 0)
            {
                reply.Position = before;
                reply.PatchStatus(start, CipStatus.PartialTransfer);
                return;
            }
        }
    }

    private static void Attribute(ushort id, Symbol symbol, ReplyWriter reply)
    {
        switch (id)
        {
            case 1:
                reply.UInt16((ushort)symbol.Name.Length);
                Encoding.ASCII.GetBytes(symbol.Name, reply.Take(symbol.Name.Length));
                break;
            case 2:
                reply.UInt16(symbol.TypeWord);
                break;
            case 3 or 5:
                reply.UInt32(symbol.Id << 8);
                break;
            case 6:
                reply.UInt32(symbol.IsAlias ? 0 : BaseTag);
                break;
            case 7:
                reply.UInt16((ushort)(symbol.Type?.Size ?? 0));
                break;
            case 8:
                for (var dimension = 0; dimension < DimensionFields; dimension++)
                {
                    reply.UInt32(dimension < symbol.Dimensions.Length ? (uint)symbol.Dimensions[dimension] : 0);
                }

                break;
            default:
                reply.Byte((byte)symbol.Access);
                break;
        }
    }
}
