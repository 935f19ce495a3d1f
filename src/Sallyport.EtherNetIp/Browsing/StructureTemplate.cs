using System.Collections.Immutable;
using System.Text;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIp.Browsing;

/// <summary>The definition of a structure.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Handle">What replies carry in front of a value.</param>
/// <param name="Size">Size of a value, in bytes.</param>
/// <param name="Members">All members, hidden ones included, in the order of the controller.</param>
public sealed record StructureTemplate(ushort Id, string Name, ushort Handle, int Size, ImmutableArray<StructureMember> Members)
{
    private const byte Nul = 0;
    private const byte EndOfName = (byte)';';

    /// <summary>How many characters the string holds, if it is one: a length and characters, and nothing else. 0 if it is none.</summary>
    public int StringCapacity => Members is
    [
        { Name: "LEN", Offset: 0, Elements: 0, Type: { IsStructure: false, DataType: CipDataType.Dint } },
        { Name: "DATA", Offset: sizeof(uint), Elements: > 0, Type: { IsStructure: false, DataType: CipDataType.Sint } } characters,
    ]
        ? characters.Elements
        : 0;

    /// <summary>The member of a name, whatever its case; null if there is none that can be read.</summary>
    public StructureMember? Find(string name)
    {
        foreach (StructureMember member in Members)
        {
            if (!member.IsHidden && string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Reads a definition that has come together.</summary>
    /// <returns>False if it ends too early, or if a member is outside of the structure.</returns>
    public static bool TryRead(ushort id, TemplateAttributes attributes, ReadOnlySpan<byte> definition, out StructureTemplate? template)
    {
        const int MemberSize = 8;
        template = null;
        var reader = new ByteReader(definition);
        if (!reader.TryRead(attributes.MemberCount * MemberSize, out ReadOnlySpan<byte> members))
        {
            return false;
        }

        ReadOnlySpan<byte> names = reader.Rest;
        string name = NextName(ref names);
        int end = name.IndexOf((char)EndOfName, StringComparison.Ordinal);
        var read = ImmutableArray.CreateBuilder<StructureMember>(attributes.MemberCount);
        var fields = new ByteReader(members);
        while (fields.TryReadUInt16(out ushort info) && fields.TryReadUInt16(out ushort type) && fields.TryReadUInt32(out uint offset))
        {
            if (offset >= attributes.StructureSize)
            {
                return false;
            }

            read.Add(new StructureMember(NextName(ref names), new SymbolType(type), info, (int)offset));
        }

        template = new StructureTemplate(id, end < 0 ? name : name[..end], attributes.Handle, (int)attributes.StructureSize, read.DrainToImmutable());
        return true;
    }

    // The last name may have lost its end: it is what is left.
    private static string NextName(ref ReadOnlySpan<byte> names)
    {
        int end = names.IndexOf(Nul);
        ReadOnlySpan<byte> name = end < 0 ? names : names[..end];
        names = end < 0 ? default : names[(end + 1)..];
        return Encoding.Latin1.GetString(name);
    }
}
