using System.Buffers.Binary;
using Sallyport.Simulator.EtherNetIpPlant.Messages;

namespace Sallyport.Simulator.EtherNetIpPlant.Connections;

/// <summary>Follows the path of a Forward Open or of an Unconnected Send through this device, which has one processor in slot 0.</summary>
internal static class ConnectionPath
{
    private const uint Backplane = 1;
    private const ushort PortNotAvailable = 0x0311;
    private const ushort LinkAddressNotValid = 0x0312;
    private const ushort BadSegment = 0x0315;
    private const ushort WrongVendorOrProduct = 0x0114;
    private const ushort WrongDeviceType = 0x0115;
    private const ushort WrongRevision = 0x0116;
    private const byte CompatibleBit = 0x80;
    private const uint MessageRouterClass = 2;

    /// <summary>Follows a route of port segments.</summary>
    /// <returns>Success, or why it leads nowhere, and how many words were left from the segment that did not.</returns>
    public static (CipStatus Status, byte RemainingWords) FollowRoute(DeviceTraits traits, ReadOnlySpan<byte> route)
    {
        var reader = new PathReader(route);
        var remaining = reader.RemainingWords;
        for (var hops = 0; reader.TryNext(out var segment); hops++)
        {
            if (Hop(traits, segment, hops) is { } failure)
            {
                return (failure, remaining);
            }

            remaining = reader.RemainingWords;
        }

        return (CipStatus.Success, 0);
    }

    /// <summary>Follows a connection path: ports, key, message router.</summary>
    /// <returns>Success, or why it leads nowhere, and how many words were left from the segment that did not.</returns>
    public static (CipStatus Status, byte RemainingWords) Follow(DeviceIdentity identity, DeviceTraits traits, ReadOnlySpan<byte> path)
    {
        var reader = new PathReader(path);
        var remaining = reader.RemainingWords;
        var hops = 0;
        Segment segment;
        while (reader.TryNext(out segment) && segment.Kind is SegmentKind.Port or SegmentKind.ElectronicKey)
        {
            var failure = segment.Kind is SegmentKind.Port ? Hop(traits, segment, hops++) : Compare(identity, segment.Text);
            if (failure is { } status)
            {
                return (status, remaining);
            }

            remaining = reader.RemainingWords;
        }

        return segment is { Kind: SegmentKind.ClassId, Number: MessageRouterClass }
            && reader.TryNext(out var instance) && instance is { Kind: SegmentKind.InstanceId, Number: 1 } && reader.RemainingWords == 0
            ? (CipStatus.Success, (byte)0)
            : (CipStatus.ConnectionFailure(BadSegment), remaining);
    }

    private static CipStatus? Hop(DeviceTraits traits, Segment segment, int hops)
    {
        if (segment.Kind is not SegmentKind.Port)
        {
            return CipStatus.ConnectionFailure(BadSegment);
        }

        // Behind the processor there is no further port.
        if (!traits.HasBackplane || hops > 0 || segment.Number != Backplane)
        {
            return CipStatus.ConnectionFailure(PortNotAvailable);
        }

        return segment.Text is [0] ? null : CipStatus.ConnectionFailure(LinkAddressNotValid);
    }

    /// <summary>Zero in a field is not compared. With the compatible bit a higher revision will do.</summary>
    private static CipStatus? Compare(DeviceIdentity identity, ReadOnlySpan<byte> key)
    {
        var vendor = BinaryPrimitives.ReadUInt16LittleEndian(key);
        var deviceType = BinaryPrimitives.ReadUInt16LittleEndian(key[2..]);
        var productCode = BinaryPrimitives.ReadUInt16LittleEndian(key[4..]);
        var isCompatible = (key[6] & CompatibleBit) != 0;
        var major = key[6] & ~CompatibleBit;
        int minor = key[7];
        if ((vendor != 0 && vendor != identity.VendorId) || (productCode != 0 && productCode != identity.ProductCode))
        {
            return CipStatus.ConnectionFailure(WrongVendorOrProduct);
        }

        if (deviceType != 0 && deviceType != identity.DeviceType)
        {
            return CipStatus.ConnectionFailure(WrongDeviceType);
        }

        var isRight = isCompatible
            ? identity.Major > major || (identity.Major == major && identity.Minor >= minor)
            : (major == 0 || major == identity.Major) && (minor == 0 || minor == identity.Minor);
        return isRight ? null : CipStatus.ConnectionFailure(WrongRevision);
    }
}
