using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Modbus;

/// <summary>A file of points: a table in CSV, or the object that would stand under <c>points</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsJson">Which of the two.</param>
/// <param name="Content">All of it.</param>
internal sealed record PointsFile(string Path, bool IsJson, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether a file is a table, by its name.</summary>
    public static bool IsTable(string path) => string.Equals(System.IO.Path.GetExtension(path), ".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file has points and nothing else: a table by its name, JSON by what is in it.</summary>
    public static bool IsMeant(string path) => IsTable(path) || HasOnlyPoints(File.ReadAllBytes(path));

    /// <summary>The file with this content; its name says what it is.</summary>
    public static PointsFile Of(string path, ReadOnlyMemory<byte> content) => new(path, !IsTable(path), content);

    /// <summary>Understands the file, as the module does.</summary>
    public PointTableReading Read() => IsJson ? PointDocumentReader.Read(Content) : PointTableReader.Read(Content);

    /// <summary>What the desired properties say of the file once it is in the module's folder; the only place that knows how they say it.</summary>
    public JsonObject Reference() => new()
    {
        ["path"] = System.IO.Path.GetFileName(Path),
        ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Content.Span)),
    };

    /// <summary>What to do with the file, for people.</summary>
    public IEnumerable<string> NextSteps()
    {
        string name = System.IO.Path.GetFileName(Path);
        if (!PointsFileName.IsValid(name))
        {
            yield return $"The module would not take the file under the name {name}: {PointsFileName.Rule}.";
        }

        yield return $"For the twin, once the file is in the module's folder: {ReferenceMember()}";
    }

    /// <summary>The member of the desired properties.</summary>
    public string ReferenceMember() => $"\"pointsFile\": {Reference().ToJsonString()}";

    // Of units → points → members. A twin has sections above them, and no section has a member "table" in this depth.
    private static bool HasOnlyPoints(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Span is [0xEF, 0xBB, 0xBF, ..] ? text[3..] : text);
            return FirstOf(document.RootElement) is { Name: not "points" } device
                && FirstOf(device.Value) is { } point
                && point.Value.ValueKind is JsonValueKind.Object
                && point.Value.TryGetProperty("table", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static JsonProperty? FirstOf(JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            return member;
        }

        return null;
    }
}
