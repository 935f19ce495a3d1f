using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sallyport.Ctl.Modbus;

/// <summary>Writes points as JSON with one point a line: for people, for tools that compare lines, and small enough for many points.</summary>
internal static class PointsDocument
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object that stands under <c>points</c>.</summary>
    public static ReadOnlyMemory<byte> Write(JsonElement points)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, Options);
        text.Write("{"u8);
        string between = "\n";
        foreach (JsonProperty device in points.EnumerateObject())
        {
            Encoding.UTF8.GetBytes($"{between}  {Quoted(device.Name)}: {{", text);
            WritePoints(device.Value, text, json);
            text.Write("\n  }"u8);
            between = ",\n";
        }

        text.Write("\n}\n"u8);
        return text.WrittenMemory;
    }

    private static void WritePoints(JsonElement points, ArrayBufferWriter<byte> text, Utf8JsonWriter json)
    {
        string between = "\n";
        foreach (JsonProperty point in points.EnumerateObject())
        {
            Encoding.UTF8.GetBytes($"{between}    {Quoted(point.Name)}: ", text);
            point.Value.WriteTo(json);
            json.Flush();
            json.Reset();
            between = ",\n";
        }
    }

    private static string Quoted(string name) => $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
