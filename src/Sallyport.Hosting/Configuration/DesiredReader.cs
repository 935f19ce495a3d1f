using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <summary>A place in the desired properties: what stands there, its JSON pointer, and where faults go.</summary>
/// <remarks>Reading never throws, whatever the document holds. A reader of something absent is valid and says so through <see cref="Exists"/>.</remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A cursor; nobody compares two.")]
public readonly partial struct DesiredReader
{
    private readonly JsonElement _element;
    private readonly DesiredFaults _faults;

    // Of a member the pointer is made when somebody wants it, which is when something is wrong with it.
    private readonly string _above;
    private readonly string? _pointer;

    private DesiredReader(JsonElement element, string above, string name, DesiredFaults faults, string? pointer = null)
    {
        (_element, _above, Name, _faults, _pointer) = (element, above, name, faults, pointer);
    }

    /// <summary>JSON pointer (RFC 6901) of this place; empty for the root.</summary>
    public string Pointer => _pointer
        ?? $"{_above}/{Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The last name of the pointer, not escaped; empty for the root.</summary>
    public string Name { get; }

    /// <summary>Whether the document has anything here.</summary>
    public bool Exists => _element.ValueKind is not JsonValueKind.Undefined;

    /// <summary>What stands here, for readers of further kinds of values.</summary>
    internal JsonElement Element => _element;

    /// <summary>A member of the object that stands here; one that does not exist if there is none.</summary>
    public DesiredReader this[string name]
    {
        get
        {
            JsonElement found = default;
            if (_element.ValueKind is JsonValueKind.Object)
            {
                // The last one counts, as in JSON parsers that do not look; the repetition itself is refused by IsObjectOf.
                foreach (JsonProperty property in _element.EnumerateObject())
                {
                    found = DesiredName.Is(property, name) ? property.Value : found;
                }
            }

            return new DesiredReader(found, Pointer, name, _faults);
        }
    }

    /// <summary>Starts at the root of a document.</summary>
    public static DesiredReader Root(JsonElement document, DesiredFaults faults) => new(document, "", "", faults, pointer: "");

    /// <summary>Refuses what stands here.</summary>
    /// <param name="reason">One sentence: what is wrong and what would be right.</param>
    public void Refuse(string reason) => _faults.Add(Pointer, reason);

    /// <summary>Requires an object with no other members than these, each at most once.</summary>
    /// <returns>Whether there is an object at all. Unknown members are refused where they stand, and the known ones can still be read.</returns>
    public bool IsObjectOf(params ReadOnlySpan<string> known)
    {
        if (!IsObject())
        {
            return false;
        }

        Span<bool> seen = stackalloc bool[known.Length];
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            int at = 0;
            while (at < known.Length && !DesiredName.Is(property, known[at]))
            {
                at++;
            }

            if (at == known.Length)
            {
                Member(property).Refuse($"Unknown key; known here are {string.Join(", ", known)}.");
            }
            else if (seen[at])
            {
                Member(property).Refuse("The key stands here twice.");
            }
            else
            {
                seen[at] = true;
            }
        }

        return true;
    }

    /// <summary>Requires an object whose member names the user chose: 1 to 64 of A-Z a-z 0-9 _ and -, distinct even when case is ignored.</summary>
    /// <param name="maxCount">The most members allowed.</param>
    /// <returns>The members with a valid name; empty if there is no object here.</returns>
    public IReadOnlyList<DesiredReader> NamedEntries(int maxCount)
    {
        if (!IsObject())
        {
            return [];
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = new List<DesiredReader>();
        foreach (JsonProperty property in _element.EnumerateObject())
        {
            DesiredReader member = Member(property);
            if (!DesiredName.IsValid(member.Name))
            {
                member.Refuse($"A name has 1 to {DesiredName.MaxLength} of the characters A-Z a-z 0-9 _ and -.");
            }
            else if (!seen.Add(member.Name))
            {
                member.Refuse("The name is used twice; upper and lower case count as the same.");
            }
            else
            {
                entries.Add(member);
            }
        }

        if (entries.Count > maxCount)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"There are {entries.Count} entries; at most {maxCount} are possible."));
        }

        return entries;
    }

    /// <summary>Requires a whole number in a range.</summary>
    public bool TryInteger(int min, int max, out int value)
    {
        value = 0;
        if (!IsThere())
        {
            return false;
        }

        if (_element.ValueKind is not JsonValueKind.Number || !_element.TryGetInt32(out value) || value < min || value > max)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"{Found()} is not a whole number from {min} to {max}."));
            return false;
        }

        return true;
    }

    /// <summary>Allows a whole number in a range; if nothing stands here, it is <paramref name="absent"/>.</summary>
    public bool TryInteger(int min, int max, int absent, out int value)
    {
        value = absent;
        return !Exists || TryInteger(min, max, out value);
    }

    /// <summary>Requires a text of 1 to <paramref name="maxLength"/> characters.</summary>
    public bool TryText(int maxLength, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!IsThere())
        {
            return false;
        }

        if (_element.ValueKind is not JsonValueKind.String || !DesiredName.TryDecode(_element, out value) || value.Length is 0 || value.Length > maxLength)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"{Found()} is not a text of 1 to {maxLength} characters."));
            value = null;
            return false;
        }

        return true;
    }

    /// <summary>Requires one of the texts that <paramref name="choices"/> has as keys, compared exactly.</summary>
    public bool TryChoice<T>(IReadOnlyDictionary<string, T> choices, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!TryText(DesiredName.MaxLength, out string? text))
        {
            return false;
        }

        if (!choices.TryGetValue(text, out value))
        {
            Refuse($"\"{text}\" is none of {string.Join(", ", choices.Keys.Order(StringComparer.Ordinal))}.");
            return false;
        }

        return true;
    }

    /// <summary>Allows one of the texts that <paramref name="choices"/> has as keys; if nothing stands here, it is <paramref name="absent"/>.</summary>
    public bool TryChoice<T>(IReadOnlyDictionary<string, T> choices, T absent, [MaybeNullWhen(false)] out T value)
    {
        value = absent;
        return !Exists || TryChoice(choices, out value);
    }

    // Its pointer is made at once: all that stands in it takes its own from there.
    private DesiredReader Member(JsonProperty property)
    {
        var member = new DesiredReader(property.Value, Pointer, DesiredName.Of(property), _faults);
        return new DesiredReader(property.Value, member._above, member.Name, _faults, member.Pointer);
    }

    private bool IsObject()
    {
        if (!IsThere())
        {
            return false;
        }

        if (_element.ValueKind is not JsonValueKind.Object)
        {
            Refuse($"{Found()} is not an object.");
            return false;
        }

        return true;
    }

    private bool IsThere()
    {
        if (!Exists)
        {
            Refuse("It is missing.");
        }

        return Exists;
    }

    private string Found() => _element.ValueKind switch
    {
        JsonValueKind.Number when _element.GetRawText() is { Length: <= 20 } number => number,
        JsonValueKind.String when DesiredName.TryDecode(_element, out string? text) && text.Length <= DesiredName.MaxLength => $"\"{text}\"",
        JsonValueKind.String => "This text",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Object => "An object",
        JsonValueKind.Array => "An array",
        _ => "This number",
    };
}
