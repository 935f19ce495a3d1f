using System.Buffers;
using System.Text.Json;
using Sallyport.IotHub;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Makes the answer to a direct method: one JSON object.</summary>
internal static class MethodAnswer
{
    /// <summary>An answer with these members.</summary>
    public static MethodResponse Of(int status, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return new MethodResponse(status, buffer.WrittenMemory);
    }

    /// <summary>An answer that says what is wrong.</summary>
    public static MethodResponse Error(int status, string message) => Of(status, json => json.WriteString("error", message));
}
