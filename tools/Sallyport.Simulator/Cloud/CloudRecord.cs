using System.Text.Json;

namespace Sallyport.Simulator.Cloud;

/// <summary>Writes down what arrived at IoT Hub: one JSON object a line, with properties and body as they came.</summary>
/// <remarks>One writer: the intake gives one message at a time.</remarks>
internal sealed class CloudRecord(string file) : IDisposable
{
    private readonly FileStream _stream = new(file, FileMode.Create, FileAccess.Write, FileShare.Read);

    public void Write(CloudMessage message)
    {
        using (var line = new Utf8JsonWriter(_stream))
        {
            line.WriteStartObject();
            line.WriteNumber("ordinal", message.Ordinal);
            line.WriteString("enqueuedAt", message.EnqueuedAt);
            line.WriteString("deviceId", message.DeviceId);
            line.WriteString("moduleId", message.ModuleId);
            line.WriteString("messageId", message.Message.MessageId);
            line.WriteStartObject("properties");
            foreach ((string name, string value) in message.Message.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
            {
                line.WriteString(name, value);
            }

            line.WriteEndObject();
            line.WritePropertyName("body");
            WriteBody(line, message.Message.Body);
            line.WriteEndObject();
        }

        _stream.Write("\n"u8);
        _stream.Flush();
    }

    public void Dispose() => _stream.Dispose();

    // A sender may send anything: what is not JSON is kept as base64.
    private static void WriteBody(Utf8JsonWriter line, ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(body);
            parsed.RootElement.WriteTo(line);
        }
        catch (JsonException)
        {
            line.WriteBase64StringValue(body.Span);
        }
    }
}
