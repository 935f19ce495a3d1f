using System.Text.Json;

namespace Sallyport.Simulator.Modules;

/// <summary>A line of a module's output, as far as it is worth showing.</summary>
/// <param name="Level">Log level, or empty for a line that is not of the log.</param>
/// <param name="Message">What it says, with the first line of an exception.</param>
internal sealed record ModuleLogLine(string Level, string Message)
{
    /// <summary>Reads the JSON log of our modules; any other line is taken as it stands.</summary>
    public static ModuleLogLine Read(string line)
    {
        if (!line.StartsWith('{'))
        {
            return new(string.Empty, line);
        }

        try
        {
            var json = JsonElement.Parse(line);
            return Text(json, "message") is { } message
                ? new(Text(json, "level") ?? string.Empty, Text(json, "exception") is { } exception ? $"{message} ({FirstLine(exception)})" : message)
                : new(string.Empty, line);
        }
        catch (JsonException)
        {
            return new(string.Empty, line);
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
