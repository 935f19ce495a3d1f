using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>The template object: attributes and definitions of structures.</summary>
internal static class TemplateObject
{
    /// <summary>Its class.</summary>
    public const uint Class = 0x6C;

    private const int ReadLength = 6;

    /// <summary>Answers Get Attribute List and the reading of a definition.</summary>
    /// <param name="device">Whose templates.</param>
    /// <param name="id">Instance.</param>
    /// <param name="request">The request.</param>
    /// <param name="exchange">Takes the reply.</param>
    public static void Answer(EtherNetIpDevice device, uint id, in CipRequest request, CipExchange exchange)
    {
        if (device.Symbols.FindTemplate(id) is not { } template)
        {
            exchange.Refuse(request.Service, CipStatus.PathDestinationUnknown);
        }
        else if (request.Service == CipService.GetAttributeList)
        {
            Attributes(template, request, exchange);
        }
        else if (request.Service == CipService.ReadTag)
        {
            Definition(template, request, exchange);
        }
        else
        {
            exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
        }
    }

    private static void Attributes(Template template, in CipRequest request, CipExchange exchange)
    {
        var data = request.Data;
        if (data.Length < sizeof(ushort) || data.Length != sizeof(ushort) * (1 + BinaryPrimitives.ReadUInt16LittleEndian(data)))
        {
            exchange.Refuse(request.Service, CipStatus.NotEnoughData);
            return;
        }

        var reply = exchange.Reply;
        var start = reply.Begin(request.Service);
        reply.UInt16(BinaryPrimitives.ReadUInt16LittleEndian(data));
        for (data = data[sizeof(ushort)..]; !data.IsEmpty; data = data[sizeof(ushort)..])
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(data);
            reply.UInt16(id);
            reply.UInt16(id is 1 or 2 or 4 or 5 ? (ushort)0 : CipStatus.AttributeNotSupported.General);
            switch (id)
            {
                case 1:
                    reply.UInt16(template.Handle);
                    break;
                case 2:
                    reply.UInt16((ushort)template.Members.Length);
                    break;
                case 4:
                    reply.UInt32(template.DefinitionWords);
                    break;
                case 5:
                    reply.UInt32((uint)template.Size);
                    break;
                default:
                    reply.PatchStatus(start, CipStatus.AttributeListError);
                    break;
            }
        }
    }

    private static void Definition(Template template, in CipRequest request, CipExchange exchange)
    {
        if (request.Data.Length != ReadLength)
        {
            exchange.Refuse(request.Service, CipStatus.NotEnoughData);
            return;
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(request.Data);
        int asked = BinaryPrimitives.ReadUInt16LittleEndian(request.Data[sizeof(uint)..]);
        if (offset >= template.Definition.Length)
        {
            exchange.Refuse(request.Service, CipStatus.BeyondTheEnd);
            return;
        }

        // A client may ask for the few bytes that the definition size counts too much.
        var rest = template.Definition.AsSpan((int)offset);
        rest = rest[..Math.Min(asked, rest.Length)];
        var reply = exchange.Reply;
        var start = reply.Begin(request.Service);
        var length = Math.Min(rest.Length, reply.Room / sizeof(uint) * sizeof(uint));
        reply.Raw(rest[..length]);
        if (length < rest.Length)
        {
            reply.PatchStatus(start, CipStatus.PartialTransfer);
        }
    }
}
