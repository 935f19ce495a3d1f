using System.Collections.Immutable;
using System.Text;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>Reads replies to Get Instance Attribute List on the class of tags.</summary>
public static class SymbolList
{
    private const ushort NameId = 1;
    private const ushort TypeId = 2;
    private const ushort AddressId = 3;
    private const ushort ObjectAddressId = 5;
    private const ushort SoftwareControlId = 6;
    private const ushort DimensionsId = 8;
    private const ushort AccessId = 10;
    private const int MaxDimensions = 3;
    private const uint BaseTagBit = 1 << 26;

    /// <summary>What is asked of each tag.</summary>
    public static ImmutableArray<ushort> Attributes { get; } = [NameId, TypeId, AddressId, ObjectAddressId, SoftwareControlId, DimensionsId, AccessId];

    /// <summary>What is asked of each tag by older firmware, which does not know the access (before 18).</summary>
    public static ImmutableArray<ushort> AttributesWithoutAccess { get; } = Attributes.Remove(AccessId);

    /// <summary>Reads the data of a reply, good or partial.</summary>
    /// <param name="data">The data.</param>
    /// <param name="attributes">What was asked for, which is the order of what came.</param>
    /// <param name="entries">Receives the entries; some, if the reply is broken.</param>
    /// <param name="nextInstance">From where on to ask for the next ones, if the reply is partial.</param>
    /// <returns>False if the reply is broken or does not go on.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, ImmutableArray<ushort> attributes, ICollection<SymbolEntry> entries, out uint nextInstance)
    {
        var reader = new ByteReader(data);
        nextInstance = 0;
        while (!reader.Rest.IsEmpty)
        {
            if (!TryReadEntry(ref reader, attributes, out SymbolEntry? entry) || entry!.Instance < nextInstance || entry.Instance == uint.MaxValue)
            {
                return false;
            }

            entries.Add(entry);
            nextInstance = entry.Instance + 1;
        }

        return true;
    }

    private static bool TryReadEntry(ref ByteReader reader, ImmutableArray<ushort> attributes, out SymbolEntry? entry)
    {
        entry = null;
        (string name, SymbolType type, ImmutableArray<uint> dimensions, bool isAlias, ExternalAccess access) = ("", default, [], false, ExternalAccess.Unknown);
        if (!reader.TryReadUInt32(out uint instance))
        {
            return false;
        }

        foreach (ushort attribute in attributes)
        {
            bool isRead;
            switch (attribute)
            {
                case NameId:
                    isRead = TryReadName(ref reader, out name);
                    break;
                case TypeId:
                    isRead = reader.TryReadUInt16(out ushort word);
                    type = new SymbolType(word);
                    break;
                case AddressId or ObjectAddressId:
                    isRead = reader.TryReadUInt32(out _);
                    break;
                case SoftwareControlId:
                    isRead = reader.TryReadUInt32(out uint control);
                    isAlias = (control & BaseTagBit) == 0;
                    break;
                case DimensionsId:
                    isRead = TryReadDimensions(ref reader, out dimensions);
                    break;
                case AccessId:
                    isRead = reader.TryReadByte(out byte code);
                    access = code switch { 0 => ExternalAccess.ReadWrite, 2 => ExternalAccess.ReadOnly, 3 => ExternalAccess.None, _ => ExternalAccess.Unknown };
                    break;
                default:
                    return false;
            }

            if (!isRead)
            {
                return false;
            }
        }

        dimensions = dimensions.Length < type.Dimensions ? dimensions : dimensions[..type.Dimensions];
        entry = new SymbolEntry(instance, name, type, dimensions, isAlias, access);
        return true;
    }

    private static bool TryReadName(ref ByteReader reader, out string name)
    {
        bool isRead = reader.TryReadUInt16(out ushort length) & reader.TryRead(length, out ReadOnlySpan<byte> characters);
        name = Encoding.Latin1.GetString(characters);
        return isRead;
    }

    private static bool TryReadDimensions(ref ByteReader reader, out ImmutableArray<uint> dimensions)
    {
        var sizes = ImmutableArray.CreateBuilder<uint>(MaxDimensions);
        while (sizes.Count < MaxDimensions && reader.TryReadUInt32(out uint size))
        {
            sizes.Add(size);
        }

        dimensions = sizes.ToImmutable();
        return sizes.Count == MaxDimensions;
    }
}
