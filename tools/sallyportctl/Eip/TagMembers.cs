using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Listing;

namespace Sallyport.Ctl.Eip;

/// <summary>Takes tags apart into what can be read on its own: values, rows of values, and the members of structures.</summary>
internal sealed class TagMembers(IReadOnlyDictionary<ushort, StructureTemplate> templates)
{
    private const int MaxDepth = 8;
    private const int MaxElements = 10_000;
    private const int BitsPerDoubleWord = 32;

    /// <summary>The parts of a tag; none if there is nothing that can be read.</summary>
    public List<TagMember> Of(ReadableTag tag)
    {
        var parts = new List<TagMember>();
        if (tag.Dimensions.Length <= 1)
        {
            Add(parts, tag.Name, tag.Symbol.Type, tag.Dimensions is [uint size] ? (int)Math.Min(size, MaxElements) : 0, depth: 0);
        }

        return parts;
    }

    private void Add(List<TagMember> parts, string name, SymbolType type, int elements, int depth)
    {
        if (!type.IsStructure)
        {
            AddValue(parts, name, type.DataType, elements);
        }
        else if (templates.TryGetValue(type.Template, out StructureTemplate? template))
        {
            AddStructure(parts, name, template, elements, depth);
        }
    }

    private static void AddValue(List<TagMember> parts, string name, CipDataType type, int elements)
    {
        // A row of BOOL is listed as double words, and its elements are the bits.
        bool isBits = type is CipDataType.Dword && elements > 0;
        string? word = isBits ? null : Vocabulary.Types.ContainsKey(Vocabulary.WordFor(type)) ? Vocabulary.WordFor(type) : null;
        parts.Add(new TagMember(name, word, isBits ? Math.Min(elements * BitsPerDoubleWord, MaxElements) : elements));
    }

    private void AddStructure(List<TagMember> parts, string name, StructureTemplate template, int elements, int depth)
    {
        if (template.StringCapacity > 0)
        {
            parts.Add(new TagMember(name, Type: null, elements));
            return;
        }

        // A row of structures would be very many points: somebody has to say which of them he means.
        if (elements > 0 || depth == MaxDepth)
        {
            return;
        }

        foreach (StructureMember member in template.Members.Where(member => !member.IsHidden))
        {
            Add(parts, $"{name}.{member.Name}", member.Type, Math.Min(member.Elements, MaxElements), depth + 1);
        }
    }
}
