using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tables;

/// <summary>The desired properties as they would be without a points file: its points stand under <c>/points</c>, beside those that are there already.</summary>
internal static class MergedPoints
{
    /// <summary>Writes the document.</summary>
    /// <param name="desired">An object.</param>
    /// <param name="table">The file.</param>
    public static ReadOnlyMemory<byte> Write(JsonElement desired, PointTable table)
    {
        var buffer = new ArrayBufferWriter<byte>(table.Json.Length);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            JsonElement points = default;
            foreach (JsonProperty member in desired.EnumerateObject())
            {
                if (member.NameEquals(PointSection.Key))
                {
                    points = member.Value;
                }
                else if (!member.NameEquals(PointsFileSection.Key))
                {
                    member.WriteTo(json);
                }
            }

            json.WritePropertyName(PointSection.Key);
            WritePoints(json, points, table);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The points that stand in both places.</summary>
    public static ImmutableArray<TableFault> Collisions(JsonElement desired, PointTable table) =>
    [
        .. from device in Objects(desired).Where(member => member.NameEquals(PointSection.Key)).SelectMany(member => Objects(member.Value))
           from point in Objects(device.Value)
           where table.Has(device.Name, point.Name)
           select table.At(device.Name, point.Name, $"{device.Name} has a point {point.Name} in the desired properties too."),
    ];

    private static void WritePoints(Utf8JsonWriter json, JsonElement points, PointTable table)
    {
        switch (points.ValueKind)
        {
            case JsonValueKind.Undefined:
                json.WriteRawValue(table.Json.Span, skipInputValidation: true);
                break;
            case JsonValueKind.Object:
                WriteBoth(json, points, table.ToElement());
                break;
            default:
                // Not an object, which is for the plan reader to say.
                points.WriteTo(json);
                break;
        }
    }

    private static void WriteBoth(Utf8JsonWriter json, JsonElement points, JsonElement table)
    {
        Dictionary<string, JsonElement> rest = table.EnumerateObject().ToDictionary(device => device.Name, device => device.Value, StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (JsonProperty device in points.EnumerateObject())
        {
            json.WritePropertyName(device.Name);
            if (device.Value.ValueKind is not JsonValueKind.Object || !rest.Remove(device.Name, out JsonElement more) || more.ValueKind is not JsonValueKind.Object)
            {
                device.Value.WriteTo(json);
                continue;
            }

            json.WriteStartObject();
            WriteMembers(json, device.Value);
            WriteMembers(json, more);
            json.WriteEndObject();
        }

        foreach ((string name, JsonElement value) in rest)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonElement element)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }

    private static JsonElement.ObjectEnumerator Objects(JsonElement element) =>
        element.ValueKind is JsonValueKind.Object ? element.EnumerateObject() : default;
}
