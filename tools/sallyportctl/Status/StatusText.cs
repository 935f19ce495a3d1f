using System.Globalization;
using System.Text.Json;

namespace Sallyport.Ctl.Status;

/// <summary>Texts of a document that came over the network, made fit for a terminal.</summary>
internal static class StatusText
{
    /// <summary>A member as text; empty if there is none.</summary>
    public static string Of(JsonElement of, string member) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(member, out JsonElement value)
            ? Clean(value.ValueKind is JsonValueKind.String ? TextOf(value) : value.ToString())
            : "";

    /// <summary>A member as list; empty if there is none.</summary>
    public static IEnumerable<JsonElement> ListOf(JsonElement of, string member) =>
        of.TryGetProperty(member, out JsonElement list) && list.ValueKind is JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <summary>Without control characters: a name must not move the cursor or change colours.</summary>
    public static string Clean(string text) => string.Concat(text.Select(character =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator ? '\uFFFD' : character));

    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return "\uFFFD";
        }
    }
}
