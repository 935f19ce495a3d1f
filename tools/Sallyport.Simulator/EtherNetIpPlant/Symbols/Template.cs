using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>What a structure consists of, as the template object tells it.</summary>
internal sealed class Template
{
    private const int MemberLength = 8;

    // What a client takes off the definition size to learn how many bytes it shall read.
    private const int DefinitionOverhead = 23;

    private readonly Dictionary<string, TemplateMember> _byName;

    /// <param name="id">Instance of the template object, also in symbol types: 0x100 to 0xEFF, or one of the predefined ones above.</param>
    /// <param name="name">Name of the type.</param>
    /// <param name="handle">What values of the type carry on the wire; null takes a checksum of the definition.</param>
    /// <param name="members">In the order of memory.</param>
    /// <param name="size">Bytes of one value.</param>
    public Template(ushort id, string name, ushort? handle, ImmutableArray<TemplateMember> members, int size)
    {
        (Id, Members, Size) = (id, members, size);
        IsDenied = members.Any(member => member.IsDenied);
        Alignment = members.Any(member => (member.Type.Template?.Alignment ?? member.Type.Size) == sizeof(ulong)) ? sizeof(ulong) : sizeof(uint);
        _byName = members.ToDictionary(member => member.Name, StringComparer.OrdinalIgnoreCase);
        Definition = Define(name);
        Handle = handle ?? Checksum(Definition);
    }

    /// <summary>Instance of the template object.</summary>
    public ushort Id { get; }

    /// <summary>What values of the type carry on the wire.</summary>
    public ushort Handle { get; }

    /// <summary>The members in the order of memory.</summary>
    public ImmutableArray<TemplateMember> Members { get; }

    /// <summary>Bytes of one value.</summary>
    public int Size { get; }

    /// <summary>The definition as it is read from the template object.</summary>
    public byte[] Definition { get; }

    /// <summary>Size of the definition in words, as the template object tells it.</summary>
    public uint DefinitionWords => (uint)((Definition.Length + DefinitionOverhead) / sizeof(uint));

    /// <summary>Whether a member may not be read, and therefore not the whole either.</summary>
    public bool IsDenied { get; }

    /// <summary>Values start at multiples of this.</summary>
    public int Alignment { get; }

    /// <summary>The member that clients know by a name, or null.</summary>
    public TemplateMember? Find(ReadOnlySpan<char> name) =>
        _byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var member) && !member.IsHidden ? member : null;

    /// <summary>The member of a name that the plant itself uses.</summary>
    public TemplateMember this[string name] => _byName[name];

    private static ushort TypeWord(TemplateMember member) =>
        (ushort)((member.Type.Template is { } template ? 0x8000 | template.Id : member.Type.Code) | (member.ArrayLength > 0 ? 0x2000 : 0));

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        const ushort Polynomial = 0xA001;
        ushort sum = 0;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (ushort)((sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ Polynomial);
            }
        }

        return sum;
    }

    private byte[] Define(string name)
    {
        var names = Encoding.ASCII.GetBytes($"{name};n\0{string.Concat(Members.Select(member => $"{member.Name}\0"))}");
        var length = (Members.Length * MemberLength) + names.Length;

        // The size is told in words, so the last ones may be filled up.
        var padded = length + ((sizeof(uint) - ((length + DefinitionOverhead) % sizeof(uint))) % sizeof(uint));
        var bytes = new byte[padded];
        foreach (var (index, member) in Members.Index())
        {
            var at = bytes.AsSpan(index * MemberLength);
            BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(member.ArrayLength > 0 ? member.ArrayLength : member.Bit));
            BinaryPrimitives.WriteUInt16LittleEndian(at[2..], TypeWord(member));
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], (uint)member.Offset);
        }

        names.CopyTo(bytes, Members.Length * MemberLength);
        return bytes;
    }
}
