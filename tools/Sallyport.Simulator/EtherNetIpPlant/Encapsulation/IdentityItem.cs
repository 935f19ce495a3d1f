using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Encapsulation;

/// <summary>The items of a ListIdentity reply.</summary>
internal static class IdentityItem
{
    private const ushort Identity = 0x0C;
    private const ushort SecurityInformation = 0x86;
    private const ushort ProtocolVersion = 1;
    private const int SocketAddressLength = 16;
    private const int SecurityLength = 5;
    private const ushort IntegrityAndConfidentiality = 0x0003;
    private const byte Configured = 2;
    private const byte OnlySecureTcp = 0x08;

    /// <summary>Writes count and items.</summary>
    public static void Write(EtherNetIpDevice device, IPEndPoint endpoint, ReplyWriter reply)
    {
        var isLocked = device.Traits.IsLockedToSecurePort;
        reply.UInt16((ushort)(isLocked ? 2 : 1));
        reply.UInt16(Identity);
        reply.UInt16(0);
        var start = reply.Position;
        reply.UInt16(ProtocolVersion);
        var address = reply.Take(SocketAddressLength);
        address.Clear();
        BinaryPrimitives.WriteInt16BigEndian(address, (short)AddressFamily.InterNetwork);
        BinaryPrimitives.WriteUInt16BigEndian(address[2..], (ushort)endpoint.Port);
        endpoint.Address.TryWriteBytes(address[4..], out _);
        var identity = device.Identity;
        reply.UInt16(identity.VendorId);
        reply.UInt16(identity.DeviceType);
        reply.UInt16(identity.ProductCode);
        reply.Byte(identity.Major);
        reply.Byte(identity.Minor);
        reply.UInt16((ushort)device.Mode);
        reply.UInt32(identity.SerialNumber);
        reply.ShortString(identity.ProductName);
        reply.Byte(IdentityObject.State(device));
        reply.PatchUInt16(start - sizeof(ushort), reply.Position - start);
        if (isLocked)
        {
            reply.UInt16(SecurityInformation);
            reply.UInt16(SecurityLength);
            reply.UInt16(IntegrityAndConfidentiality);
            reply.Byte(Configured);
            reply.Byte(Configured);
            reply.Byte(OnlySecureTcp);
        }
    }
}
