using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <summary>Texts of a document that a stranger wrote.</summary>
internal static class DesiredName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The member's name; one that is not Unicode becomes a name that nothing accepts.</summary>
    public static string Of(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 without its other half: valid JSON, but no text.
            return "\uFFFD";
        }
    }

    /// <summary>Whether a member has this name; makes no text of it.</summary>
    public static bool Is(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static bool TryDecode(JsonElement text, [NotNullWhen(true)] out string? value)
    {
        try
        {
            value = text.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            value = null;
            return false;
        }
    }
}
