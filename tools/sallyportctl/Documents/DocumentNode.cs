using System.Globalization;

namespace Sallyport.Ctl.Documents;

/// <summary>One value of a JSON or TOML document, and where it stands in the file.</summary>
/// <param name="pointer">JSON pointer of the value.</param>
/// <param name="place">Line and column.</param>
internal sealed class DocumentNode(string pointer, Place place)
{
    private readonly Dictionary<string, DocumentNode> _members = new(StringComparer.Ordinal);
    private readonly List<DocumentNode> _items = [];

    /// <summary>JSON pointer of the value.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>Where it stands: a member at its name, an element at its value.</summary>
    public Place Place { get; } = place;

    /// <summary>Whether it is an object or a table.</summary>
    public bool IsObject { get; init; }

    /// <summary>Whether it is an array.</summary>
    public bool IsArray { get; init; }

    /// <summary>The text of a string, a number, true or false; null for everything else.</summary>
    public string? Text { get; init; }

    /// <summary>The members of an object by name; the last one if a name is repeated.</summary>
    public IReadOnlyDictionary<string, DocumentNode> Members => _members;

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<DocumentNode> Items => _items;

    /// <summary>A member, or null.</summary>
    public DocumentNode? this[string name] => _members.GetValueOrDefault(name);

    /// <summary>The pointer of a member or an element.</summary>
    public string Below(string name) =>
        $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>Adds or replaces a member.</summary>
    public DocumentNode Set(string name, DocumentNode member) => _members[name] = member;

    /// <summary>Adds an element.</summary>
    public void Add(DocumentNode element) => _items.Add(element);

    /// <summary>The node that a pointer names, or the nearest one above it that is there.</summary>
    public DocumentNode Nearest(string pointer)
    {
        DocumentNode at = this;
        foreach (string step in pointer.Split('/').Skip(1))
        {
            string name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            DocumentNode? next = at.IsArray && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? at._items.ElementAtOrDefault(index)
                : at[name];
            if (next is null)
            {
                return at;
            }

            at = next;
        }

        return at;
    }
}
