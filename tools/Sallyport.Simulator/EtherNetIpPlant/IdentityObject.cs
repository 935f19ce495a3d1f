using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>The identity object, class 1.</summary>
internal static class IdentityObject
{
    /// <summary>Its class.</summary>
    public const uint Class = 1;

    private const byte Operational = 3;
    private const byte MajorRecoverableFault = 4;
    private const ushort LastOfAll = 7;

    /// <summary>State byte, as ListIdentity carries it too.</summary>
    public static byte State(EtherNetIpDevice device) => device.Mode is ControllerMode.Faulted ? MajorRecoverableFault : Operational;

    /// <summary>Answers the three services that read attributes.</summary>
    /// <param name="device">Whose identity.</param>
    /// <param name="attribute">The attribute of the path; null when it has none.</param>
    /// <param name="request">The request.</param>
    /// <param name="exchange">Takes the reply.</param>
    public static void Answer(EtherNetIpDevice device, uint? attribute, in CipRequest request, CipExchange exchange)
    {
        var reply = exchange.Reply;
        if (request.Service == CipService.GetAttributesAll && attribute is null)
        {
            reply.Begin(request.Service);
            for (ushort id = 1; id <= LastOfAll; id++)
            {
                TryWrite(device, id, reply);
            }
        }
        else if (request.Service == CipService.GetAttributeSingle && attribute is not null)
        {
            var start = reply.Begin(request.Service);
            if (!TryWrite(device, attribute.Value, reply))
            {
                reply.PatchStatus(start, CipStatus.AttributeNotSupported);
            }
        }
        else if (request.Service == CipService.GetAttributeList && attribute is null)
        {
            List(device, request, exchange);
        }
        else
        {
            exchange.Refuse(request.Service, CipStatus.ServiceNotSupported);
        }
    }

    private static void List(EtherNetIpDevice device, in CipRequest request, CipExchange exchange)
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
            var status = reply.Position;
            reply.UInt16(0);
            if (!TryWrite(device, id, reply))
            {
                reply.PatchUInt16(status, CipStatus.AttributeNotSupported.General);
                reply.PatchStatus(start, CipStatus.AttributeListError);
            }
        }
    }

    private static bool TryWrite(EtherNetIpDevice device, uint attribute, ReplyWriter reply)
    {
        var identity = device.Identity;
        switch (attribute)
        {
            case 1:
                reply.UInt16(identity.VendorId);
                break;
            case 2:
                reply.UInt16(identity.DeviceType);
                break;
            case 3:
                reply.UInt16(identity.ProductCode);
                break;
            case 4:
                reply.Byte(identity.Major);
                reply.Byte(identity.Minor);
                break;
            case 5:
                reply.UInt16((ushort)device.Mode);
                break;
            case 6:
                reply.UInt32(identity.SerialNumber);
                break;
            case 7:
                reply.ShortString(identity.ProductName);
                break;
            case 8:
                reply.Byte(State(device));
                break;
            default:
                return false;
        }

        return true;
    }
}
