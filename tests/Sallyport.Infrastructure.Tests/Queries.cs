using System.Text.Json.Nodes;
using Sallyport.Infrastructure.Tests.Kusto;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The queries of rules and workbook.</summary>
internal static class Queries
{
    /// <summary>Folder of the rules' queries.</summary>
    public static string Folder { get; } = Path.Combine(Templates.Folder, "kql");

    /// <summary>The workbook.</summary>
    public static string Workbook { get; } = Path.Combine(Templates.Folder, "workbooks", "sallyport.workbook.json");

    /// <summary>The text of each query: of a rule by its name, of the workbook as <c>workbook/…</c>.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = Directory.EnumerateFiles(Folder, "*.kql")
        .Select(static file => KeyValuePair.Create(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))
        .Concat(Nodes(JsonNode.Parse(File.ReadAllText(Workbook))).Where(static node => node["query"] is not null).Select(static node =>
            KeyValuePair.Create($"workbook/{node["title"] ?? node["name"]}", node["query"]!.GetValue<string>().Replace("{Gateway}", "gw-0001", StringComparison.Ordinal))))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Queries with a mistake each, to show that it is found.</summary>
    public static IReadOnlyDictionary<string, string> Wrong { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["wrong/column"] = "OtPosture_CL | where Outcome == 'Fail'",
        ["wrong/function"] = "OtPosture_CL | where DeviceId in (Gateways())",
        ["wrong/operator"] = "OtPosture_CL | summarise count()",
        ["wrong/table"] = "OtPostures_CL | count",
    };

    /// <summary>What the language service says of each.</summary>
    public static async Task<IReadOnlyDictionary<string, Bound>> BoundAsync() => (await Answers.ReadAsync()).Bound;

    /// <summary>Columns of our own tables, as the templates declare them.</summary>
    public static async Task<Dictionary<string, Dictionary<string, string>>> TablesAsync() =>
        (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.OperationalInsights/workspaces/tables").ToDictionary(
            static table => table.Text("schema", "name"),
            static table => table.At("schema", "columns")!.AsArray().ToDictionary(static one => one!["name"]!.ToString(), static one => one!["type"]!.ToString(), StringComparer.Ordinal),
            StringComparer.Ordinal);

    /// <summary>Each object of a JSON document, outermost first.</summary>
    public static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject one => one.Select(static member => member.Value).SelectMany(Nodes).Prepend(one),
        JsonArray several => several.SelectMany(Nodes),
        _ => [],
    };
}
