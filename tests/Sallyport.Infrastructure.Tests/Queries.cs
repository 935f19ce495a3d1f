using System.Text.Json.Nodes;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The queries of rules and workbook, and what Kusto's language service says of them, once for all tests.</summary>
internal static class Queries
{
    // Tables of Azure itself, as far as the queries use them.
    private static readonly (string Name, string Columns)[] PlatformTables =
    [
        ("AzureActivity", "TimeGenerated:datetime,OperationNameValue,ActivityStatusValue,ResourceProviderValue,Caller,CallerIpAddress,_ResourceId"),
        (
            "AzureDiagnostics",
            "TimeGenerated:datetime,ResourceProvider,Category,OperationName,ResultType,ResultDescription,Level,CallerIPAddress,properties_s,_ResourceId"),
    ];

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
    public static Task<IReadOnlyDictionary<string, Bound>> BoundAsync() => Once.All;

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

    private static async Task<IReadOnlyDictionary<string, Bound>> BindAsync()
    {
        var tables = new JsonObject();
        foreach ((string name, Dictionary<string, string> columns) in await TablesAsync())
        {
            tables[name] = Object(columns.Append(KeyValuePair.Create("_ResourceId", "string")));
        }

        foreach ((string name, string columns) in PlatformTables)
        {
            tables[name] = Object(columns.Split(',').Select(static one => one.Split(':')).Select(static parts => KeyValuePair.Create(parts[0], parts.Length > 1 ? parts[1] : "string")));
        }

        var functions = (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.OperationalInsights/workspaces/savedSearches")
            .Select(static one => KeyValuePair.Create(one.Text("functionAlias"), one.Text("query")));
        var question = new JsonObject { ["tables"] = tables, ["functions"] = Object(functions), ["queries"] = Object(Texts.Concat(Wrong)) };
        return await AskAsync(question.ToJsonString());
    }

    private static async Task<IReadOnlyDictionary<string, Bound>> AskAsync(string question)
    {
        var node = Peer.Require("node");
        var folder = RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Peer.Missing($"Run npm ci in {folder}.");
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, question);
            return JsonNode.Parse(await Command.RunAsync(node, Path.Combine(folder, "bind.js"), file))!.AsObject().ToDictionary(
                static one => one.Key,
                static one => new Bound(List(one.Value!["faults"]!), List(one.Value!["columns"]!)),
                StringComparer.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] List(JsonNode node) => [.. node.AsArray().Select(static one => one!.ToString())];

    private static JsonObject Object(IEnumerable<KeyValuePair<string, string>> members) =>
        [.. members.Select(static one => KeyValuePair.Create<string, JsonNode?>(one.Key, JsonValue.Create(one.Value)))];

    // At the first use, not before.
    private static class Once
    {
        public static readonly Task<IReadOnlyDictionary<string, Bound>> All = BindAsync();
    }
}
