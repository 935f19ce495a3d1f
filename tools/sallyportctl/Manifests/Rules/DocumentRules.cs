using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Manifests.Rules;

/// <summary>What IoT Hub and its tools refuse, and what a manifest must not have left open.</summary>
internal static class DocumentRules
{
    private static readonly Version Oldest = new(1, 1);

    /// <summary>The rules.</summary>
    public static ImmutableArray<ManifestRule> All { get; } =
    [
        new(
            "schema-version",
            RuleSeverity.Error,
            "edgeAgent has schema 1.1, edgeHub 1.1 to 1.3: older ones know no order of start, and no priority of routes.",
            "Set schemaVersion to \"1.1\" at $edgeAgent and to \"1.2\" at $edgeHub.",
            static document => [.. Version(document.Agent, 1), .. Version(document.Hub, 3)]),
        new(
            "twin-size",
            RuleSeverity.Error,
            $"The desired properties of a module have at most {ManifestLimits.TwinBytes} bytes.",
            "Move the points into a points file (docs/formats/points-table.md), or share them out among two instances of the module.",
            static document => document.Content.Members.SelectMany(TwinSize)),
        new(
            "string-size",
            RuleSeverity.Error,
            $"A text of a twin has at most {ManifestLimits.StringBytes} bytes, a name {ManifestLimits.NameBytes}.",
            "Shorten it, or put it into a file that the module mounts.",
            static document => document.Content.Members.Where(member => member.Node.Find("properties.desired") is not null)
                .SelectMany(member => TextSizes(member.Node["properties.desired"]))),
        new(
            "create-options-size",
            RuleSeverity.Error,
            $"Create options fit into {ManifestLimits.Pieces} pieces of {ManifestLimits.PieceBytes} bytes.",
            "Take out what says the default of the engine.",
            static document => document.Containers.SelectMany(OptionsSize)),
        new(
            "placeholders",
            RuleSeverity.Error,
            "A built manifest has no placeholder left.",
            "Build it again with --set NAME=VALUE or --env-file: \"sallyportctl manifest build\" refuses what has no value.",
            static document => document.IsTemplate
                ? []
                : DeploymentDocument.Texts(document.Content).Where(text => DeploymentDocument.IsOpen(text.Text))
                    .Select(text => new Complaint(text.Node.Pointer, $"\"{text.Text}\" has a placeholder without a value."))),
    ];

    private static IEnumerable<Complaint> Version(ManifestNode twin, int newest)
    {
        string text = twin["schemaVersion"].AsText();
        return System.Version.TryParse(text, out Version? version) && version >= Oldest && version.Major == 1 && version.Minor <= newest
            ? []
            : [new Complaint(twin["schemaVersion"].Pointer, $"\"{text}\" is not 1.1{(newest > 1 ? $" to 1.{newest}" : "")}.")];
    }

    private static IEnumerable<Complaint> TwinSize((string Name, ManifestNode Node) member)
    {
        if (member.Node.Find("properties.desired") is not { } desired)
        {
            return [];
        }

        int size = ManifestLimits.SizeOf(ManifestLimits.Deployed(desired.Value));
        return size > ManifestLimits.TwinBytes ? [new Complaint(desired.Pointer, $"It has {size} bytes.")] : [];
    }

    private static IEnumerable<Complaint> OptionsSize(Container container) =>
        container.Options is { } options && ManifestLimits.SizeOf(options.Value) is var size && size > ManifestLimits.Pieces * ManifestLimits.PieceBytes
            ? [new Complaint(options.Pointer, $"They have {size} bytes.")]
            : [];

    private static IEnumerable<Complaint> TextSizes(ManifestNode node) => node.Value switch
    {
        JsonObject => node.Members.SelectMany(member => Encoding.UTF8.GetByteCount(member.Name) > ManifestLimits.NameBytes
            ? [new Complaint(member.Node.Pointer, "The name is too long.")]
            : TextSizes(member.Node)),
        JsonArray => node.Elements.SelectMany(TextSizes),
        JsonValue value when value.TryGetValue(out string? text) && Encoding.UTF8.GetByteCount(text) is var size && size > ManifestLimits.StringBytes =>
            [new Complaint(node.Pointer, $"It has {size} bytes.")],
        _ => [],
    };
}
