using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Sallyport.Telemetry.Json;

/// <summary>Reads the members of one JSON object and remembers whether all was well. A fault gives a default and is seen at the end.</summary>
/// <remarks>Order of calls: read each member once, then ask <see cref="IsSound"/>, which is false as well when there is a member that nobody asked for.</remarks>
internal sealed class StrictObject(JsonElement element)
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    private bool _hasFault = element.ValueKind != JsonValueKind.Object;
    private int _taken;

    /// <summary>True if no fault was met and every member was asked for.</summary>
    public bool IsSound => !_hasFault && _taken == element.GetPropertyCount();

    public void Schema(string expected)
    {
        if (!string.Equals(Text("schema"), expected, StringComparison.Ordinal))
        {
            _hasFault = true;
        }
    }

    /// <summary>Text that is there and not empty.</summary>
    public string Text(string name) => OptionalText(name) ?? Fault("");

    public string? OptionalText(string name)
    {
        if (Take(name) is not { } member)
        {
            return null;
        }

        var text = member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        return string.IsNullOrEmpty(text) ? Fault<string?>(null) : text;
    }

    public T Word<T>(string name, (T Value, string Word)[] table)
        where T : struct, Enum => table.ValueFor(Text(name)) ?? Fault(default(T));

    public T? OptionalWord<T>(string name, (T Value, string Word)[] table)
        where T : struct, Enum => OptionalText(name) is { } word ? table.ValueFor(word) ?? Fault<T?>(null) : null;

    /// <summary>A whole number from 0 to 2^53.</summary>
    public long Count(string name) => OptionalCount(name, PointValue.LargestJsonInteger) ?? Fault(0L);

    public long? OptionalCount(string name, long largest)
    {
        if (Take(name) is not { } member)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var count) && count >= 0 && count <= largest
            ? count
            : Fault<long?>(null);
    }

    public double? OptionalNumber(string name)
    {
        if (Take(name) is not { } member)
        {
            return null;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : Fault<double?>(null);
    }

    public DateTimeOffset Instant(string name) => OptionalInstant(name) ?? Fault(default(DateTimeOffset));

    public DateTimeOffset? OptionalInstant(string name)
    {
        if (OptionalText(name) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(
            text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)
            ? instant
            : Fault<DateTimeOffset?>(null);
    }

    public PointValue? OptionalValue(string name)
    {
        if (Take(name) is not { } member)
        {
            return null;
        }

        return ReadValue(member) ?? Fault<PointValue?>(null);
    }

    /// <summary>An array in which <paramref name="read"/> understands each element; null from it is a fault.</summary>
    public ImmutableArray<T> Items<T>(string name, Func<JsonElement, T?> read)
        where T : class
    {
        if (Take(name) is not { ValueKind: JsonValueKind.Array } array)
        {
            return Fault(ImmutableArray<T>.Empty);
        }

        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (read(item) is not { } understood)
            {
                return Fault(ImmutableArray<T>.Empty);
            }

            items.Add(understood);
        }

        return items.MoveToImmutable();
    }

    /// <summary>An object that <paramref name="read"/> understands; null from it is a fault.</summary>
    public T? OptionalObject<T>(string name, Func<JsonElement, T?> read)
        where T : class => Take(name) is not { } member ? null : read(member) ?? Fault<T?>(null);

    /// <summary>An array of texts that are not empty; empty if it is not there.</summary>
    public ImmutableArray<string> Texts(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _) ? Items(name, ReadText) : [];

    /// <summary>An object whose members are all values; empty if it is not there.</summary>
    public ImmutableSortedDictionary<string, PointValue> Values(string name)
    {
        var values = ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal);
        if (Take(name) is not { } member)
        {
            return values;
        }

        if (member.ValueKind != JsonValueKind.Object)
        {
            return Fault(values);
        }

        foreach (JsonProperty property in member.EnumerateObject())
        {
            values = values.SetItem(property.Name, ReadValue(property.Value) ?? Fault(default(PointValue)));
        }

        return values;
    }

    /// <summary>Says that the members do not fit together.</summary>
    public void Require(bool condition) => _hasFault |= !condition;

    private static string? ReadText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static PointValue? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => PointValue.FromBoolean(true),
        JsonValueKind.False => PointValue.FromBoolean(false),
        JsonValueKind.String => PointValue.FromText(value.GetString()!),
        JsonValueKind.Number => ReadNumber(value),
        _ => null,
    };

    private static PointValue? ReadNumber(JsonElement value)
    {
        // A float beyond 2^53 may be written without a point; an integer there would have been a string.
        if (value.TryGetInt64(out var whole)
            && whole is >= -PointValue.LargestJsonInteger and <= PointValue.LargestJsonInteger)
        {
            return PointValue.FromInt64(whole);
        }

        return value.TryGetDouble(out var number) && double.IsFinite(number) ? PointValue.FromDouble(number) : null;
    }

    private JsonElement? Take(string name)
    {
        if (_hasFault || !element.TryGetProperty(name, out JsonElement member))
        {
            return null;
        }

        _taken++;
        return member;
    }

    private T Fault<T>(T instead)
    {
        _hasFault = true;
        return instead;
    }
}
