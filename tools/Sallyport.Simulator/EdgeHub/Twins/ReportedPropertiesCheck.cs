using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Simulator.EdgeHub.Twins;

/// <summary>What edgeHub demands of reported properties before it takes them.</summary>
/// <remarks>Microsoft.Azure.Devices.Edge.Hub.Core.Twin, ReportedPropertiesValidator.</remarks>
internal static class ReportedPropertiesCheck
{
    private const int DeepestNesting = 10;
    private const int MaxNameLength = 1024;
    private const int MaxValueLength = 4096;
    private const int MaxDocumentLength = 32 * 1024;
    private const long MaxInteger = 1L << 52;

    /// <returns>The patch, or null if edgeHub answers 400.</returns>
    public static JsonObject? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return payload.Length <= MaxDocumentLength && JsonNode.Parse(payload) is JsonObject patch && IsAccepted(patch, depth: 1)
                ? patch
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null; // No JSON, or a name twice.
        }
    }

    private static bool IsAccepted(JsonNode? node, int depth) =>
        node switch
        {
            JsonObject inner => depth <= DeepestNesting
                && inner.All(pair => Encoding.UTF8.GetByteCount(pair.Key) <= MaxNameLength && IsAccepted(pair.Value, depth + 1)),
            JsonArray array => array.All(item => IsAccepted(item, depth + 1)),
            JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) =>
                number is >= -MaxInteger and <= MaxInteger,
            JsonValue value when value.TryGetValue(out string? text) => Encoding.UTF8.GetByteCount(text) <= MaxValueLength,
            _ => true,
        };
}
