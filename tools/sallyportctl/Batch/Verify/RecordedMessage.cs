using System.Text;
using System.Text.Json;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>A message of a recording: one line of JSON.</summary>
/// <param name="File">Where it stands.</param>
/// <param name="Line">From 1.</param>
/// <param name="Properties">Its application properties; names ignore case, as IoT Hub compares them.</param>
/// <param name="Body">Its body.</param>
internal sealed record RecordedMessage(string File, int Line, Dictionary<string, string> Properties, byte[] Body)
{
    /// <summary>Where it stands, as compilers write it, without the folder.</summary>
    public string Place => FormattableString.Invariant($"{Path.GetFileName(File)}:{Line}");

    private const string Wanted = "it takes {\"properties\":{…},\"body\":\"…\"}, or \"bodyBase64\" in place of \"body\"";

    /// <summary>Reads a recording. Empty lines are passed over.</summary>
    /// <exception cref="WrongUsageException">A line is no message.</exception>
    public static IEnumerable<RecordedMessage> Read(string file)
    {
        int line = 0;
        foreach (string text in System.IO.File.ReadLines(file))
        {
            line++;
            if (text.Length > 0)
            {
                yield return TryRead(text, out Dictionary<string, string> properties, out byte[] body)
                    ? new RecordedMessage(file, line, properties, body)
                    : throw new WrongUsageException($"{file}:{line}: it is no recorded message; {Wanted}.");
            }
        }
    }

    private static bool TryRead(string text, out Dictionary<string, string> properties, out byte[] body)
    {
        properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        body = [];
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            foreach (JsonProperty property in root.GetProperty("properties").EnumerateObject())
            {
                if (!properties.TryAdd(property.Name, property.Value.GetString() ?? ""))
                {
                    return false;
                }
            }

            body = root.TryGetProperty("bodyBase64", out JsonElement binary)
                ? binary.GetBytesFromBase64()
                : Encoding.UTF8.GetBytes(root.GetProperty("body").GetString() ?? "");
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }
    }
}
