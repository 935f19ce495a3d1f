using System.Collections.Frozen;
using System.Text;
using System.Text.Json;

namespace Sallyport.Manifest.Routing;

/// <summary>A message inside edgeHub: what a client sent, and what edgeHub added. Immutable.</summary>
internal sealed class RoutedMessage
{
    private readonly Lazy<JsonElement?> _json;

    public RoutedMessage() => _json = new Lazy<JsonElement?>(ReadJson);

    /// <summary>Where routes take it from: «/messages/modules/{module}/outputs/{output}» and the like.</summary>
    public required string Source { get; init; }

    public required HubIdentity Sender { get; init; }

    /// <summary>The module output, or empty.</summary>
    public string Output { get; init; } = string.Empty;

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Application properties; names ignore case, a value is null where the sender wrote a bare name.</summary>
    public FrozenDictionary<string, string?> Properties { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>System properties by edgeHub's names, see <see cref="SystemPropertyNames"/>; names ignore case.</summary>
    public FrozenDictionary<string, string> SystemProperties { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The body as JSON; null unless content type and encoding say that it is JSON, and it is.</summary>
    public JsonElement? Json => _json.Value;

    /// <summary>Body plus names and values of all properties, in bytes: what edgeHub's limit of 256 KiB counts.</summary>
    public int SizeInBytes =>
        Body.Length
        + Properties.Sum(pair => Length(pair.Key) + Length(pair.Value))
        + SystemProperties.Sum(pair => Length(pair.Key) + Length(pair.Value));

    private static int Length(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private JsonElement? ReadJson()
    {
        bool isJson = SystemProperties.TryGetValue(SystemPropertyNames.ContentType, out string? type)
            && string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase)
            && SystemProperties.TryGetValue(SystemPropertyNames.ContentEncoding, out string? encoding)
            && string.Equals(encoding, "utf-8", StringComparison.OrdinalIgnoreCase);
        if (!isJson)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
