using System.Collections.Immutable;
using System.Globalization;

namespace Sallyport.Simulator.EtherNetIpPlant.Symbols;

/// <summary>Lays out a structure as Logix does: BOOLs in hidden SINTs, everything else at multiples of its size.</summary>
/// <param name="id">Instance of the template object.</param>
/// <param name="name">Name of the type.</param>
/// <param name="handle">Structure handle; null takes a checksum.</param>
internal sealed class TemplateBuilder(ushort id, string name, ushort? handle = null)
{
    private const int BitsOfHost = 8;

    private readonly List<TemplateMember> _members = [];
    private int _end;
    private int _host;
    private int _bits = BitsOfHost;

    /// <summary>Adds a member.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="type">Type of one element.</param>
    /// <param name="length">Elements of an array; 0 for a single one.</param>
    /// <param name="access">What clients may do with it.</param>
    public TemplateBuilder Member(string member, TagType type, int length = 0, ExternalAccess access = ExternalAccess.ReadWrite)
    {
        var alignment = type.Template?.Alignment ?? (length > 0 ? Math.Max(type.Size, sizeof(uint)) : type.Size);
        _end = Aligned(alignment);
        _members.Add(new(member, type, _end, length, Bit: 0, access));
        _end += type.Size * Math.Max(length, 1);
        _bits = BitsOfHost;
        return this;
    }

    /// <summary>Adds a BOOL.</summary>
    public TemplateBuilder Bit(string member)
    {
        if (_bits == BitsOfHost)
        {
            _bits = 0;
            _host = _end++;
            var number = _members.Count.ToString(CultureInfo.InvariantCulture);
            _members.Add(new($"ZZZZZZZZZZ{name[..Math.Min(10, name.Length)]}{number}", TagType.Sint, _host, ArrayLength: 0, Bit: 0, ExternalAccess.ReadWrite, IsHidden: true));
        }

        _members.Add(new(member, TagType.Bool, _host, ArrayLength: 0, _bits++, ExternalAccess.ReadWrite));
        return this;
    }

    /// <summary>The finished type.</summary>
    public TagType Build()
    {
        ImmutableArray<TemplateMember> members = [.. _members];
        var alignment = new Template(id, name, handle, members, _end).Alignment;
        return TagType.Of(new(id, name, handle, members, Aligned(alignment)));
    }

    private int Aligned(int alignment) => (_end + alignment - 1) / alignment * alignment;
}
