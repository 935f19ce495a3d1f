using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <summary>Texts of a document that a stranger wrote.</summary>
internal static class DesiredName
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Whether a member has a name. Makes no text of it, unless it is written with escapes.</summary>
    /// <param name="property">The member.</param>
    /// <param name="name">ASCII.</param>
    public static bool Is(JsonProperty property, string name)
    {
        ReadOnlySpan<byte> written = JsonMarshal.GetRawUtf8PropertyName(property);
        return Ascii.Equals(written, name) || (written.Contains((byte)'\\') && string.Equals(Of(property), name, StringComparison.Ordinal));
    }

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
