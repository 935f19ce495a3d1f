using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.Ctl.Firewall.Verification;

/// <summary>What a table has counted and learned (libnftables-json(5)).</summary>
/// <param name="Counters">Packets and bytes by name.</param>
/// <param name="Denied">Flows that were refused within the hour.</param>
internal sealed record TableCounts(ImmutableSortedDictionary<string, (long Packets, long Bytes)> Counters, ImmutableArray<DeniedFlow> Denied)
{
    /// <summary>Nothing that could be told.</summary>
    public static TableCounts None { get; } = new(ImmutableSortedDictionary<string, (long Packets, long Bytes)>.Empty, []);

    /// <summary>Reads <c>nft -j list table</c>; none if it cannot be understood.</summary>
    public static TableCounts Read(string json, string learned)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement[] objects = [.. document.RootElement.GetProperty("nftables").EnumerateArray()];
            return new(
                Of(objects, "counter").ToImmutableSortedDictionary(
                    one => one.GetProperty("name").GetString()!,
                    one => (one.GetProperty("packets").GetInt64(), one.GetProperty("bytes").GetInt64()),
                    StringComparer.Ordinal),
                [
                    .. Of(objects, "set")
                        .Where(set => set.GetProperty("name").ValueEquals(learned) && set.TryGetProperty("elem", out _))
                        .SelectMany(set => set.GetProperty("elem").EnumerateArray().Select(FlowOf)),
                ]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return None;
        }
    }

    private static IEnumerable<JsonElement> Of(JsonElement[] objects, string kind) =>
        objects.Where(one => one.TryGetProperty(kind, out _)).Select(one => one.GetProperty(kind));

    private static DeniedFlow FlowOf(JsonElement element)
    {
        JsonElement value = element.TryGetProperty("elem", out JsonElement timed) ? timed.GetProperty("val") : element;
        return value.GetProperty("concat").EnumerateArray().ToArray() is [var source, var destination, var protocol, var port]
            ? new(source.ToString(), destination.ToString(), protocol.ToString(), port.GetInt32())
            : throw new FormatException("A denied flow has four parts.");
    }
}
