using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Infrastructure.Tests.Kusto;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>Queries ask for what there is: tables, columns, metrics, labels, types of events.</summary>
public sealed partial class QueryTests
{
    [Fact]
    public async Task Every_query_binds_to_the_tables()
    {
        IReadOnlyDictionary<string, Bound> bound = await Queries.BoundAsync();
        Assert.InRange(Queries.Texts.Count, 45, int.MaxValue);
        Assert.All(Queries.Texts.Keys, name => Assert.True(bound[name].Faults.Length == 0, $"{name}: {string.Join("; ", bound[name].Faults)}"));
        Assert.All(Queries.Texts.Keys, name => Assert.NotEmpty(bound[name].Columns));
    }

    [Fact]
    public async Task A_table_column_or_function_that_there_is_not_is_found()
    {
        IReadOnlyDictionary<string, Bound> bound = await Queries.BoundAsync();
        Assert.All(Queries.Wrong.Keys, name => Assert.NotEmpty(bound[name].Faults));
    }

    [Fact]
    public void Every_metric_that_is_asked_for_is_told_by_a_module_or_the_runtime()
    {
        string[] asked = InQueries(static text => Metric.Matches(text).Select(static match => match.Value));
        Assert.InRange(asked.Length, 25, int.MaxValue);
        Assert.All(asked, static name => Assert.Contains(name, MetricVocabulary.All));
        Assert.All(MetricVocabulary.Runtime, name => Assert.Contains(name, asked));
    }

    [Fact]
    public void Every_label_that_is_asked_for_is_one_of_a_metric()
    {
        string[] asked = [.. InQueries(static text => Label.Matches(text).Select(static match => match.Groups["label"].Value)).Except(MetricVocabulary.CommonLabels, StringComparer.Ordinal)];
        Assert.InRange(asked.Length, 8, int.MaxValue);
        Assert.All(asked, static label => Assert.Contains($"\"{label}\"", MetricVocabulary.MetricSources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_type_of_event_that_is_asked_for_is_raised_by_a_module()
    {
        var sources = string.Concat(MetricVocabulary.Sources().Select(File.ReadAllText));
        string[] asked = InQueries(static text => EventTypes.Matches(text).SelectMany(static match => Quoted.Matches(match.Value)).Select(static match => match.Value));
        Assert.InRange(asked.Length, 4, int.MaxValue);
        Assert.All(asked, type => Assert.Contains(type, sources, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_tables_of_events_have_the_members_of_the_format()
    {
        var schema = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "formats", "event-1.schema.json"), TestContext.Current.CancellationToken);
        JsonObject format = JsonNode.Parse(schema)!["properties"]!.AsObject();
        Dictionary<string, string> members = format.Where(static one => one.Key is not "schema").ToDictionary(
            static one => ColumnOf(one.Key), static one => ColumnType(one.Key, one.Value!), StringComparer.Ordinal);
        Dictionary<string, Dictionary<string, string>> tables = await Queries.TablesAsync();
        Assert.Equal(["OtPosture_CL", "OtSecurityEvent_CL", "SallyportMetrics_CL"], tables.Keys.Order(StringComparer.Ordinal));
        Dictionary<string, string> security = tables["OtSecurityEvent_CL"];
        Dictionary<string, string> posture = tables["OtPosture_CL"];
        Assert.Equal("string", security["DeviceId"]);
        Assert.Equal("string", posture["DeviceId"]);
        Assert.Equal(Without(members, "CheckId", "Result", "Evidence"), Without(security, "DeviceId"));

        // A posture result is of one kind and type, comes from no network, and has evidence instead of details.
        Assert.Equal(
            Without(members, "Kind", "EventType", "SourceIp", "DestinationIp", "DestinationPort", "Protocol", "FunctionCode", "Attack", "Details"), Without(posture, "DeviceId"));
        Assert.All(security.Concat(posture).Where(static one => one.Key is not "DeviceId"), one => Assert.Equal(members[one.Key], one.Value));
    }

    [Fact]
    public async Task No_column_has_a_name_that_Azure_keeps_for_itself() => Assert.All((await Queries.TablesAsync()).Values.SelectMany(static table => table.Keys), static name =>
    {
        Assert.DoesNotContain(name, (string[])["_ResourceId", "_SubscriptionId", "Id", "TenantId", "Title", "Type", "UniqueId"], StringComparer.OrdinalIgnoreCase);
        Assert.Matches("^[A-Za-z][A-Za-z0-9_]{0,44}$", name);
    });

    private static string[] InQueries(Func<string, IEnumerable<string>> find) => [.. Queries.Texts.Values.SelectMany(find).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Without(Dictionary<string, string> columns, params string[] names) =>
        columns.Keys.Except(names, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // Azure Monitor keeps the name Title for itself.
    private static string ColumnOf(string member) => member is "title" ? "Summary" : char.ToUpperInvariant(member[0]) + member[1..];

    private static string ColumnType(string name, JsonNode member) => member["type"]?.ToString() switch
    {
        "integer" => "int",
        "array" => "dynamic",
        "string" => name is "timeGenerated" ? "datetime" : "string",
        _ => member["$ref"] is null ? "string" : "dynamic",
    };

    [GeneratedRegex("(?:sallyport|edgehub|edgeAgent)_[A-Za-z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric { get; }

    [GeneratedRegex(@"\b(t|parse_json\(Tags\))\.(?<label>[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"EventType (?:==|!in|in) (?:\([^)]*\)|""[^""]*"")", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventTypes { get; }

    [GeneratedRegex("\"[A-Za-z]+\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted { get; }
}
