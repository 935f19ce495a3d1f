using System.Collections.Immutable;
using System.Globalization;

namespace Sallyport.EtherNetIp.Identity;

/// <summary>The device that is meant to be read. Null in a field means that it is not compared.</summary>
/// <remarks>
/// <para>CIP Volume 1, section C-1.4.2. Vendor, device type and product code are compared for equality, the revision by <see cref="RevisionMatch"/>,
/// the serial number for equality.</para>
/// <para>In a Forward Open the device compares too, by its own rule. With <see cref="RevisionMatch.Compatible"/> some devices also refuse a major number
/// that is lower than theirs; the rule here is the weaker one, so they refuse what this let pass, never the other way round.</para>
/// </remarks>
public sealed record ElectronicKey
{
    /// <summary>The highest major number: the bit above it says compatible.</summary>
    public const byte MaxMajor = 127;

    /// <summary>Size of the key segment, in bytes.</summary>
    public const int SegmentSize = 10;

    private const byte CompatibilityBit = 0x80;
    private const byte LowestMinor = 1;

    /// <summary>Who made it.</summary>
    public ushort? Vendor { get; init; }

    /// <summary>What kind of device it is.</summary>
    public ushort? DeviceType { get; init; }

    /// <summary>Which product.</summary>
    public ushort? ProductCode { get; init; }

    /// <summary>The major number of its firmware, 1 to <see cref="MaxMajor"/>.</summary>
    public byte? Major { get; init; }

    /// <summary>The minor number of its firmware; not looked at without a major one.</summary>
    public byte? Minor { get; init; }

    /// <summary>How the firmware is compared.</summary>
    public RevisionMatch RevisionMatch { get; init; }

    /// <summary>Which one of its kind. Not in the key segment: old devices refuse the format that has it.</summary>
    public uint? SerialNumber { get; init; }

    private bool ComparesRevision => RevisionMatch is not RevisionMatch.Ignore && Major is not null;

    /// <summary>Compares, before anything is read.</summary>
    public KeyingOutcome Compare(IdentityObject found)
    {
        var differences = ImmutableArray.CreateBuilder<KeyDifference>();
        AddUnlessEqual(KeyField.Vendor, Vendor, found.Vendor);
        AddUnlessEqual(KeyField.DeviceType, DeviceType, found.DeviceType);
        AddUnlessEqual(KeyField.ProductCode, ProductCode, found.ProductCode);
        if (ComparesRevision && !Accepts(found.Revision))
        {
            differences.Add(new KeyDifference(KeyField.Revision, RevisionText(), found.Revision.ToString()));
        }

        AddUnlessEqual(KeyField.SerialNumber, SerialNumber, found.SerialNumber);
        return differences.Count == 0 ? new KeyingOutcome.Matches() : new KeyingOutcome.Differs(differences.ToImmutable());

        void AddUnlessEqual(KeyField field, uint? configured, uint actual)
        {
            if (configured is { } wanted && wanted != actual)
            {
                differences.Add(new KeyDifference(field, Number(field, wanted), Number(field, actual)));
            }
        }
    }

    /// <summary>Writes the segment for a connection path; it goes behind the ports, so that the controller compares and not its adapter.</summary>
    internal void WriteSegment(ref ByteWriter writer)
    {
        (byte major, byte minor) = !ComparesRevision ? ((byte)0, (byte)0) : RevisionMatch is RevisionMatch.Exact
            ? (Major!.Value, Minor ?? 0)
            : ((byte)(Major!.Value | CompatibilityBit), Math.Max(Minor ?? LowestMinor, LowestMinor)); // Compatible with minor 0 is refused by devices.
        writer.Bytes([0x34, 0x04]);
        writer.UInt16(Vendor ?? 0);
        writer.UInt16(DeviceType ?? 0);
        writer.UInt16(ProductCode ?? 0);
        writer.Byte(major);
        writer.Byte(minor);
    }

    private bool Accepts(DeviceRevision found) => RevisionMatch is RevisionMatch.Exact
        ? found.Major == Major && (Minor is null || found.Minor == Minor)
        : found.Major > Major || (found.Major == Major && found.Minor >= (Minor ?? 0));

    private string RevisionText() =>
        (Minor is { } minor ? new DeviceRevision(Major!.Value, minor).ToString() : Major!.Value.ToString(CultureInfo.InvariantCulture))
        + (RevisionMatch is RevisionMatch.Compatible ? " or later" : "");

    private static string Number(KeyField field, uint value) =>
        value.ToString(field is KeyField.SerialNumber ? "X8" : "D", CultureInfo.InvariantCulture);
}
