using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.IotHub;

/// <summary>Makes the answer to a direct method: one JSON object.</summary>
public static class MethodAnswer
{
    // People read it, and it is never put into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An answer with these members.</summary>
    /// <param name="status">As HTTP: 200 for success.</param>
    /// <param name="writeMembers">Writes the members of the object.</param>
    public static MethodResponse Of(int status, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return new MethodResponse(status, buffer.WrittenMemory);
    }

    /// <summary>An answer that says what is wrong, as the member <c>error</c>.</summary>
    /// <param name="status">As HTTP: 400 and above.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    public static MethodResponse Error(int status, string message) => Of(status, json => json.WriteString("error", message));
}
