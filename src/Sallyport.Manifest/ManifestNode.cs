using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Manifest;

/// <summary>One value of the manifest together with its place, so that every complaint can name it.</summary>
/// <param name="Value">The value; null is JSON's null.</param>
/// <param name="Pointer">JSON pointer of the value.</param>
internal readonly record struct ManifestNode(JsonNode? Value, string Pointer)
{
    /// <summary>A member that must be there.</summary>
    public ManifestNode this[string name] =>
        Find(name) ?? throw new ManifestException(Pointer, $"\"{name}\" is missing.");

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, ManifestNode Node)> Members
    {
        get
        {
            var (_, pointer) = this;
            return AsObject().Select(member => (member.Key, new ManifestNode(member.Value, Child(pointer, member.Key))));
        }
    }

    /// <summary>The elements of an array.</summary>
    public IEnumerable<ManifestNode> Elements
    {
        get
        {
            var (value, pointer) = this;
            var array = value as JsonArray ?? throw new ManifestException(pointer, "This must be an array.");
            return array.Select((element, index) => new ManifestNode(element, $"{pointer}/{index}"));
        }
    }

    /// <summary>A member that may be there.</summary>
    public ManifestNode? Find(string name) =>
        AsObject().TryGetPropertyValue(name, out var value) && value is not null ? new ManifestNode(value, Child(Pointer, name)) : null;

    /// <summary>The value as an object.</summary>
    public JsonObject AsObject() => Value as JsonObject ?? throw new ManifestException(Pointer, "This must be an object.");

    /// <summary>The value as text.</summary>
    public string AsText() => Value?.GetValueKind() is JsonValueKind.String
        ? Value.GetValue<string>()
        : throw new ManifestException(Pointer, "This must be a string.");

    /// <summary>The value as one of a few words.</summary>
    public string AsOneOf(params ReadOnlySpan<string> allowed)
    {
        var text = AsText();
        return allowed.Contains(text)
            ? text
            : throw new ManifestException(Pointer, $"\"{text}\" is not one of {string.Join(", ", allowed.ToArray())}.");
    }

    /// <summary>The value as a whole number.</summary>
    public long AsInteger(long least, long most) =>
        Value is JsonValue value && value.TryGetValue<long>(out var number) && number >= least && number <= most
            ? number
            : throw new ManifestException(Pointer, $"This must be a whole number from {least} to {most}.");

    private static string Child(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
