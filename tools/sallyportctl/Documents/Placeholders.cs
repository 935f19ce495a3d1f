using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sallyport.Ctl.Documents;

/// <summary>Replaces <c>${NAME}</c> in the texts of a template, in the notation of the Azure IoT Edge tools.</summary>
/// <param name="find">Gives the value of a name, or null when it has none.</param>
internal sealed partial class Placeholders(Func<string, string?> find)
{
    private readonly List<(string Pointer, string Name)> _missing = [];

    /// <summary>Those without a value, with the JSON pointer of the text that they stand in.</summary>
    public IReadOnlyList<(string Pointer, string Name)> Missing => _missing;

    /// <summary>Writes a value with its placeholders replaced; one without a value stays.</summary>
    /// <param name="value">The value.</param>
    /// <param name="pointer">Its JSON pointer.</param>
    /// <param name="json">Where it is written.</param>
    public void Write(JsonElement value, string pointer, Utf8JsonWriter json)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(member.Value, $"{pointer}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", json);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.String when value.GetString() is { } text && text.Contains("${", StringComparison.Ordinal):
                json.WriteStringValue(Expanded(text, pointer));
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    private string Expanded(string text, string pointer) => Placeholder.Replace(text, match =>
    {
        string name = match.Groups["name"].Value;
        if (find(name) is { } found)
        {
            return found;
        }

        _missing.Add((pointer, name));
        return match.Value;
    });

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_.\-]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }
}
