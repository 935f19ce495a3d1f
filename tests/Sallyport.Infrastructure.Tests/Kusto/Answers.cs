using System.Text.Json.Nodes;
using Sallyport.Infrastructure.Tests.Pictures;
using Sallyport.Infrastructure.Tests.Rules;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Kusto;

/// <summary>What Kusto's language service says of our queries, and what our stand-in for Kusto makes of them over written tables; asked once for all tests.</summary>
/// <param name="Bound">Each query, bound.</param>
/// <param name="Cases">Each case of a rule, in the order of <see cref="RuleCases.All"/>.</param>
/// <param name="Examples">Each example of the documentation, in the order of <see cref="Example.All"/>.</param>
/// <param name="Pictures">Each tab of the workbook, drawn.</param>
internal sealed record Answers(
    IReadOnlyDictionary<string, Bound> Bound, IReadOnlyList<JsonObject> Cases, IReadOnlyList<JsonObject> Examples, IReadOnlyDictionary<string, JsonObject> Pictures)
{
    private static readonly string Folder = RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "node");

    /// <summary>Asks, at the first call.</summary>
    public static Task<Answers> ReadAsync() => Once.Made;

    private static async Task<Answers> AskAsync()
    {
        JsonObject answers = JsonNode.Parse(await RunAsync(await QuestionAsync()))!.AsObject();
        return new Answers(
            answers["bound"]!.AsObject().ToDictionary(static one => one.Key, static one => ReadBound(one.Value!), StringComparer.Ordinal),
            [.. answers["cases"]!.AsArray().Select(static one => one!.AsObject())],
            [.. answers["examples"]!.AsArray().Select(static one => one!.AsObject())],
            answers["pictures"]!.AsObject().ToDictionary(static one => one.Key, static one => one.Value!.AsObject(), StringComparer.Ordinal));
    }

    private static async Task<JsonObject> QuestionAsync() => new()
    {
        ["tables"] = Members(await Workspace.TablesAsync(), static columns => Members(columns, static type => JsonValue.Create(type))),
        ["functions"] = Members(await Workspace.FunctionsAsync(), static text => JsonValue.Create(text)),
        ["queries"] = Members(Queries.Texts.Concat(Queries.Wrong), static text => JsonValue.Create(text)),
        ["modules"] = Members(MetricVocabulary.Modules, static module => JsonValue.Create(module)),
        ["rules"] = Members(await AlertRule.AllAsync(), static rule => rule.ToJson()),
        ["day"] = "2026-11-26",
        ["cases"] = new JsonArray([.. RuleCases.All.Select(static one => one.ToJson())]),
        ["examples"] = new JsonArray([.. Example.All.Select(static one => one.Written.DeepClone())]),
        ["recording"] = WorkbookTab.Day.DeepClone(),
        ["tabs"] = new JsonArray([.. WorkbookTab.All.Select(static one => one.ToJson())]),
        ["now"] = "10:15",
    };

    private static async Task<string> RunAsync(JsonObject question)
    {
        var node = Peer.Require("node");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            Peer.Missing($"Run npm ci in {Folder}.");
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, question.ToJsonString());
            return await Command.RunAsync(node, Path.Combine(Folder, "ask.js"), file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Bound ReadBound(JsonNode node) => new(List(node["faults"]!), List(node["columns"]!), List(node["parts"]!));

    private static string[] List(JsonNode node) => [.. node.AsArray().Select(static one => one!.ToString())];

    private static JsonObject Members<T>(IEnumerable<KeyValuePair<string, T>> members, Func<T, JsonNode?> write) =>
        [.. members.Select(one => KeyValuePair.Create(one.Key, write(one.Value)))];

    // At the first use, not before.
    private static class Once
    {
        public static readonly Task<Answers> Made = AskAsync();
    }
}
