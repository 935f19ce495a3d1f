using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Ctl.Documents;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Ctl.Modbus;

/// <summary>The desired properties of a reader in a file: alone, as a twin has them, or as a section of a deployment manifest.</summary>
/// <param name="Path">The file.</param>
/// <param name="Module">The module of the manifest; null if the file is no manifest.</param>
/// <param name="Section">JSON pointer of the desired properties within the file.</param>
/// <param name="Tree">The whole file.</param>
/// <param name="Desired">The desired properties as the module would get them; undefined if they are not JSON.</param>
/// <param name="Fault">Why the module would not even look at them: no JSON, or too much of it. In the module's words.</param>
/// <param name="Missing">Placeholders without a value.</param>
internal sealed record PlanFile(
    string Path,
    string? Module,
    string Section,
    DocumentNode Tree,
    JsonElement Desired,
    PlanFault? Fault,
    IReadOnlyList<(string Pointer, string Name)> Missing)
{
    /// <summary>The module that is looked for in a manifest.</summary>
    public const string DefaultModule = "ModbusReader";

    private const string Manifest = "modulesContent";
    private const string DesiredOfManifest = "properties.desired";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="module">The module of a manifest; null for <see cref="DefaultModule"/>.</param>
    /// <param name="find">Values of placeholders.</param>
    /// <exception cref="WrongUsageException">There is nothing in it that could be desired properties.</exception>
    public static PlanFile Read(string path, string? module, Func<string, string?> find)
    {
        if (PointsFile.IsTable(path))
        {
            throw new WrongUsageException(
                $"{path} is a points table, which says nothing of connections, units and groups: give the twin document that names it under \"pointsFile\".");
        }

        byte[] text = File.ReadAllBytes(path);
        try
        {
            DocumentNode tree = JsonTree.Parse(text);
            string section = SectionOf(tree, path, module ?? DefaultModule);
            return Of(path, tree, section, text, find) with { Module = tree[Manifest] is null ? null : module ?? DefaultModule };
        }
        catch (JsonException e)
        {
            var place = new Place((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            return new PlanFile(path, Module: null, "", new DocumentNode("", place), default, new PlanFault("", $"It is not JSON: {e.Message}"), []);
        }
    }

    /// <summary>Every placeholder without a value as a fault that says what to do.</summary>
    public ImmutableArray<LocatedFault> Unset =>
    [
        .. Missing.Select(placeholder => new LocatedFault(
            placeholder.Pointer,
            $"${{{placeholder.Name}}} has no value: give it with --set {placeholder.Name}=VALUE or as an environment variable.",
            PlaceOf(placeholder.Pointer))),
    ];

    /// <summary>Whether a placeholder without a value stands there: the module refuses it as well, in words that do not help.</summary>
    public bool IsUnset(string pointer) => Missing.Any(placeholder => string.Equals(placeholder.Pointer, pointer, StringComparison.Ordinal));

    /// <summary>Where a fault of the module stands in the file; what is missing, where it would have to stand.</summary>
    public Place PlaceOf(string pointer) => Tree.Nearest(Section + pointer).Place;

    private static PlanFile Of(string path, DocumentNode tree, string section, byte[] text, Func<string, string?> find)
    {
        var placeholders = new Placeholders(find);
        var buffer = new ArrayBufferWriter<byte>();
        using (var document = JsonDocument.Parse(text.AsMemory(HasByteOrderMark(text) ? 3 : 0)))
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteSection(At(document.RootElement, section), placeholders, json);
        }

        PlanFault? fault = DesiredDocument.TryParse(buffer.WrittenMemory, out _, out PlanFault? refused) ? null : refused;
        return new PlanFile(path, null, section, tree, JsonElement.Parse(buffer.WrittenSpan), fault, placeholders.Missing);
    }

    /// <summary>A twin that was fetched has members of IoT Hub's own, which the module never sees.</summary>
    private static void WriteSection(JsonElement section, Placeholders placeholders, Utf8JsonWriter json)
    {
        if (section.ValueKind is not JsonValueKind.Object)
        {
            section.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (JsonProperty member in section.EnumerateObject().Where(member => !member.Name.StartsWith('$')))
        {
            json.WritePropertyName(member.Name);
            placeholders.Write(member.Value, $"/{member.Name}", json);
        }

        json.WriteEndObject();
    }

    private static string SectionOf(DocumentNode tree, string path, string module)
    {
        if (tree[Manifest] is { } content)
        {
            return content[module]?[DesiredOfManifest]?.Pointer ?? throw new WrongUsageException(
                $"{path} is a deployment manifest without desired properties of \"{module}\"; --module picks one of {Others(content)}.");
        }

        DocumentNode? desired = tree["properties"]?["desired"] ?? tree[DesiredOfManifest];
        return desired?.Pointer ?? "";
    }

    private static string Others(DocumentNode content) =>
        string.Join(", ", content.Members.Where(member => !member.Key.StartsWith('$')).Select(member => member.Key));

    private static JsonElement At(JsonElement root, string pointer) =>
        pointer.Split('/').Skip(1).Aggregate(
            root, (at, step) => at.GetProperty(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));

    private static bool HasByteOrderMark(ReadOnlySpan<byte> text) => text is [0xEF, 0xBB, 0xBF, ..];
}
