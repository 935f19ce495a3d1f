using System.Buffers;
using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <summary>One form for all ways of writing the same document: names in ordinal order, no white space, numbers as they were written.</summary>
internal static class CanonicalJson
{
    public static byte[] Write(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, element);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Number:
                json.WriteRawValue(element.GetRawText());
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
