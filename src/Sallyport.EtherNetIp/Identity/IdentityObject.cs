using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIp.Identity;

/// <summary>Who a device is.</summary>
/// <param name="Vendor">Its maker: 1 is Rockwell Automation.</param>
/// <param name="DeviceType">What kind of device: 14 is a controller, 12 a communications adapter.</param>
/// <param name="ProductCode">The maker's number of the product.</param>
/// <param name="Revision">Its firmware.</param>
/// <param name="Status">How it is.</param>
/// <param name="SerialNumber">Together with <paramref name="Vendor"/> there is no second one.</param>
/// <param name="ProductName">What the maker calls it; what is no printable character is a question mark.</param>
/// <remarks>CIP Volume 1, section 5A-2.</remarks>
public sealed record IdentityObject(
    ushort Vendor, ushort DeviceType, ushort ProductCode, DeviceRevision Revision, IdentityStatus Status, uint SerialNumber, string ProductName)
{
    /// <summary>The class of the object; its only instance is 1.</summary>
    public const ushort ClassId = 0x01;

    /// <summary>The maker of the controllers that are read by tags.</summary>
    public const ushort RockwellAutomation = 1;

    /// <summary>Whether it belongs to the Micro800 family, which knows neither routes nor packets of requests.</summary>
    public bool IsMicro800 => ProductName.StartsWith("2080-", StringComparison.Ordinal);

    /// <summary>What goes into the metadata of a device.</summary>
    public DeviceIdentity ToDeviceIdentity() => new(
        Vendor == RockwellAutomation ? "Rockwell Automation" : Vendor.ToString(CultureInfo.InvariantCulture),
        ProductCode.ToString(CultureInfo.InvariantCulture),
        Revision.ToString(),
        ProductName: ProductName.Trim() is { Length: > 0 } name ? name : null);

    /// <summary>Reads the data of a reply to Get_Attributes_All: attributes 1 to 7, of which some devices give more.</summary>
    /// <returns>False if it ends too early.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out IdentityObject? identity)
    {
        var reader = new ByteReader(data);
        return TryRead(ref reader, out identity);
    }

    internal static bool TryRead(ref ByteReader reader, out IdentityObject? identity)
    {
        identity = null;
        if (!reader.TryReadUInt16(out ushort vendor) || !reader.TryReadUInt16(out ushort deviceType) || !reader.TryReadUInt16(out ushort productCode)
            || !reader.TryReadByte(out byte major) || !reader.TryReadByte(out byte minor) || !reader.TryReadUInt16(out ushort status)
            || !reader.TryReadUInt32(out uint serialNumber)
            || !reader.TryReadByte(out byte nameLength) || !reader.TryRead(nameLength, out ReadOnlySpan<byte> name))
        {
            return false;
        }

        identity = new IdentityObject(
            vendor, deviceType, productCode, new DeviceRevision(major, minor), new IdentityStatus(status), serialNumber, PrintableText.Of(name));
        return true;
    }
}
