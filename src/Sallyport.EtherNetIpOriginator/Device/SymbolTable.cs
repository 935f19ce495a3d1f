using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>Finds tags among those that a controller listed.</summary>
internal sealed class SymbolTable
{
    private const int MaxNumbers = 10_000;

    private readonly Dictionary<string, SymbolEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly TagList _list;

    public SymbolTable(TagList list)
    {
        _list = list;
        foreach (BrowsedTag tag in list.Tags)
        {
            _entries[tag.Name] = tag.Symbol;
        }

        Layout = new StructureLayout(list.Templates);
    }

    /// <summary>Whether there are so few tags that the list can be read again each minute: a number that went to another tag would bring the value of that.</summary>
    public bool HasUsableNumbers => _list.Tags.Length <= MaxNumbers;

    /// <summary>Where members are.</summary>
    public StructureLayout Layout { get; }

    /// <summary>The tag that a name begins with; null if there is none.</summary>
    public SymbolEntry? Find(TagName name) =>
        _entries.GetValueOrDefault(name.Program is null ? name.Parts[0].Name : $"Program:{name.Program}.{name.Parts[0].Name}");

    /// <summary>How many characters the string has room for that replies carry this handle in front of; 0 if none is known.</summary>
    public int CapacityOf(ushort handle)
    {
        foreach (StructureTemplate template in _list.Templates.Values)
        {
            if (template.Handle == handle)
            {
                return template.StringCapacity;
            }
        }

        return 0;
    }

    /// <summary>Whether another list has the same tags under the same numbers and with the same types.</summary>
    public bool Has(TagList other)
    {
        if (other.Tags.Length != _list.Tags.Length)
        {
            return false;
        }

        foreach (BrowsedTag tag in other.Tags)
        {
            if (!_entries.TryGetValue(tag.Name, out SymbolEntry? entry) || (entry.Instance, entry.Type) != (tag.Symbol.Instance, tag.Symbol.Type))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The structure of that tag; null if it has none that is known.</summary>
    public StructureTemplate? StructureOf(SymbolEntry symbol) =>
        symbol.Type.IsStructure ? _list.Templates.GetValueOrDefault(symbol.Type.Template) : null;
}
