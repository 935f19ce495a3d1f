using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Sallyport.Ctl.Firewall.Site;
using Sallyport.Manifest;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>The plan as a file, which <c>verify</c> compares with what is loaded.</summary>
internal static class FlowPlanJson
{
    private const string Schema = "sallyport.firewall-plan/1";

    /// <summary>Writes the members of the document.</summary>
    public static void Write(FlowPlan plan, Utf8JsonWriter json)
    {
        json.WriteString("schema", Schema);
        json.WriteBoolean("locked", plan.IsLocked);
        json.WriteString("moduleInterface", plan.ModuleInterface);
        json.WriteStartArray("flows");
        foreach (Flow flow in plan.Flows)
        {
            Write(flow, json);
        }

        json.WriteEndArray();
        WriteTexts("notes", plan.Notes, json);
    }

    /// <summary>Reads the document.</summary>
    /// <exception cref="ManifestException">It is none; the message begins with the JSON pointer.</exception>
    public static FlowPlan Parse(string text)
    {
        ManifestNode root = new ManifestNode(DeploymentManifest.ParseJson(text), string.Empty).Only("schema", "locked", "moduleInterface", "flows", "notes");
        _ = root["schema"].AsOneOf(Schema);
        return new(
            root["locked"] is { Value: { } locked } && locked.GetValueKind() is JsonValueKind.True,
            root["moduleInterface"].AsInterface(),
            [.. root["flows"].Elements.Select(ReadFlow)],
            [.. root["notes"].Elements.Select(note => note.AsText())]);
    }

    private static void Write(Flow flow, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", flow.Id);
        json.WriteString("box", Word(flow.Box));
        json.WriteString("direction", Word(flow.Direction));
        json.WriteString("from", flow.From);
        json.WriteString("to", flow.To);
        json.WriteString("inInterface", flow.InInterface);
        json.WriteString("outInterface", flow.OutInterface);
        WriteTexts("sources", flow.Sources.Select(SiteValue.Text), json);
        WriteTexts("destinations", flow.Destinations.Select(SiteValue.Text), json);
        json.WriteString("protocol", Word(flow.Protocol));
        json.WriteNumber("port", flow.Port);
        json.WriteString("purpose", flow.Purpose);
        json.WriteString("demandedBy", flow.DemandedBy);
        json.WriteEndObject();
    }

    private static Flow ReadFlow(ManifestNode node) => new(
        ReadId(node["id"]),
        WordOf<FlowBox>(node["box"]),
        WordOf<FlowDirection>(node["direction"]),
        node["from"].AsText(),
        node["to"].AsText(),
        node.Find("inInterface")?.AsInterface(),
        node.Find("outInterface")?.AsInterface(),
        Networks(node["sources"]),
        Networks(node["destinations"]),
        WordOf<FlowProtocol>(node["protocol"]),
        (int)node["port"].AsInteger(0, ushort.MaxValue),
        node["purpose"].AsText(),
        node["demandedBy"].AsText());

    private static string ReadId(ManifestNode node) => node.AsText() is ['f', '_', ..] id && id.All(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '_')
        ? id
        : throw new ManifestException(node.Pointer, "An id begins with f_ and has small letters, digits and _ alone.");

    private static ImmutableArray<IPNetwork> Networks(ManifestNode node) => [.. node.Elements.Select(SiteValue.AsNetwork)];

    private static void WriteTexts(string name, IEnumerable<string> texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T WordOf<T>(ManifestNode node)
        where T : struct, Enum => Enum.Parse<T>(node.AsOneOf([.. Enum.GetValues<T>().Select(Word)]), ignoreCase: true);
}
