using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>Finds members in the value of a structure, by the offsets of the controller: its rules of alignment are never guessed.</summary>
/// <param name="templates">All definitions that structures inside of structures may have, by their number.</param>
public sealed class StructureLayout(IReadOnlyDictionary<ushort, StructureTemplate> templates)
{
    private const int BitsPerDoubleWord = 32;
    private const int BytesPerDoubleWord = 4;

    /// <summary>Finds what a name means behind the tag itself.</summary>
    /// <param name="root">The structure of the tag.</param>
    /// <param name="name">The first of its parts is the tag, the others are members.</param>
    public MemberOutcome Locate(StructureTemplate root, TagName name)
    {
        (StructureTemplate? structure, int offset) = (root, 0);
        for (int at = 1; at < name.Parts.Length; at++)
        {
            TagNamePart part = name.Parts[at];
            if (structure.Find(part.Name) is not { } member)
            {
                return Refused($"{structure.Name} has no member {part.Name}");
            }

            bool isLast = at == name.Parts.Length - 1;
            if (!member.Type.IsStructure)
            {
                return isLast ? Elementary(member, part, offset, name.Bit) : Refused($"{part.Name} has no members");
            }

            if (!templates.TryGetValue(member.Type.Template, out structure))
            {
                return Refused($"the structure of {part.Name} is not known");
            }

            if (Index(member, part, member.Elements) is not { } index)
            {
                return Refused(IndexFault(member));
            }

            offset += member.Offset + (index * structure.Size);
        }

        return structure.StringCapacity is > 0 and var capacity && name.Bit is null
            ? new MemberOutcome.LogixString(offset, capacity)
            : Refused($"{structure.Name} is a structure; name one of its members");
    }

    private static MemberOutcome Elementary(StructureMember member, TagNamePart part, int offset, int? bit)
    {
        CipDataType type = member.Type.DataType;
        bool isBitArray = type is CipDataType.Dword && member.Elements > 0;
        if (Index(member, part, isBitArray ? member.Elements * BitsPerDoubleWord : member.Elements) is not { } index)
        {
            return Refused(IndexFault(member));
        }

        offset += member.Offset;
        return type switch
        {
            _ when isBitArray && bit is null => new MemberOutcome.Elementary(
                offset + (index / BitsPerDoubleWord * BytesPerDoubleWord), type, index % BitsPerDoubleWord),

            // The bit of a BOOL is in the byte at its offset.
            CipDataType.Bool when bit is null => new MemberOutcome.Elementary(offset, CipDataType.Sint, member.Info & 7),
            _ when CipDataTypes.SizeOf(type) is > 0 and var size && !isBitArray && (bit is null || (CipDataTypes.HasBits(type) && bit < size * 8)) =>
                new MemberOutcome.Elementary(offset + (index * size), type, bit ?? ElementFormat.NoBit),
            _ => Refused(bit is null ? $"the type of {part.Name} is not known" : $"{part.Name} has no bit {bit}"),
        };
    }

    private static int? Index(StructureMember member, TagNamePart part, int elements) => part.Indexes switch
    {
        [] when member.Elements == 0 => 0,
        [uint index] when index < elements => (int)index,
        _ => null,
    };

    private static string IndexFault(StructureMember member) => member.Elements == 0
        ? $"{member.Name} is no array; leave the index out"
        : $"{member.Name} is an array; give one index within it";

    private static MemberOutcome.Refused Refused(string reason) => new(reason);
}
