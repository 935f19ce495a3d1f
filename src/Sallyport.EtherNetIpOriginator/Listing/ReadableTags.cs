using System.Collections.Immutable;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIpOriginator.Device;

namespace Sallyport.EtherNetIpOriginator.Listing;

/// <summary>The tags of a controller that can be read, by name whatever its case. What belongs to the controller itself is left out.</summary>
public sealed class ReadableTags
{
    private static readonly StringComparer ByName = StringComparer.OrdinalIgnoreCase;

    private ReadableTags(ImmutableArray<ReadableTag> all, IReadOnlyDictionary<ushort, StructureTemplate> templates) => (All, Templates) = (all, templates);

    /// <summary>All of them.</summary>
    public ImmutableArray<ReadableTag> All { get; }

    /// <summary>The definitions of their structures, by number.</summary>
    public IReadOnlyDictionary<ushort, StructureTemplate> Templates { get; }

    /// <summary>Picks them from the list of a controller.</summary>
    public static ReadableTags Of(TagList list) => new(
        [.. list.Tags
            .Where(tag => tag.Symbol.Kind is SymbolKind.Tag or SymbolKind.ModuleTag)
            .Select(tag => ReadableTag.Of(tag, list.Templates))
            .OrderBy(tag => tag.Name, ByName)],
        list.Templates);

    /// <summary>Those whose name begins in a certain way.</summary>
    /// <param name="filter">How it begins, whatever the case; empty for all.</param>
    /// <param name="after">Only those behind this name; null for all.</param>
    public IEnumerable<ReadableTag> From(string filter, string? after) =>
        All.Where(tag => tag.Name.StartsWith(filter, StringComparison.OrdinalIgnoreCase) && (after is null || ByName.Compare(tag.Name, after) > 0));

    /// <summary>How many begin in a certain way.</summary>
    public int CountOf(string filter) => From(filter, after: null).Count();
}
