using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.Telemetry.Json;

/// <summary>Writes one JSON object the way all messages are written: no white space, letters unescaped, members in a fixed order.</summary>
internal static class JsonOutput
{
    // The bodies are never put into HTML, so letters outside of ASCII and signs such as < need no escapes.
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Encode<T>(T value, Action<Utf8JsonWriter, T> writeMembers, int expectedSize)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedSize);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writeMembers(writer, value);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>RFC 3339 in UTC, with as many of seven fractional digits as are not trailing zeros.</summary>
    public static void WriteInstant(this Utf8JsonWriter writer, string name, DateTimeOffset instant) =>
        writer.WriteString(name, instant.UtcDateTime);

    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
