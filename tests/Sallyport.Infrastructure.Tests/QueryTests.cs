using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>Queries ask for what there is: tables, columns, metrics, labels, types of events.</summary>
public sealed partial class QueryTests
{
    // Of edgeHub and edgeAgent 1.6: doc/BuiltInMetrics.md of the runtime.
    private static readonly string[] RuntimeMetrics =
    [
        "edgeAgent_available_disk_space_bytes", "edgeAgent_total_disk_space_bytes", "edgeAgent_total_time_expected_running_seconds", "edgeAgent_total_time_running_correctly_seconds",
        "edgehub_client_connect_failed_total", "edgehub_messages_dropped_total",
    ];

    // What each page says of its module, and what edgeHub and edgeAgent say besides.
    private static readonly string[] CommonLabels = ["edge_device", "module_name", "instance_number", "from", "id", "disk_name"];

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
        HashSet<string> known = [.. ExposedMetrics(), .. RuntimeMetrics];
        string[] asked = InQueries(static text => Metric.Matches(text).Select(static match => match.Value));
        Assert.InRange(asked.Length, 25, int.MaxValue);
        Assert.All(asked, name => Assert.Contains(name, known));
        Assert.All(RuntimeMetrics, name => Assert.Contains(name, asked));
    }

    [Fact]
    public void Every_label_that_is_asked_for_is_one_of_a_metric()
    {
        var sources = string.Concat(Sources().Where(static file => file.EndsWith("Metrics.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        string[] asked = [.. InQueries(static text => Label.Matches(text).Select(static match => match.Groups["label"].Value)).Except(CommonLabels, StringComparer.Ordinal)];
        Assert.InRange(asked.Length, 8, int.MaxValue);
        Assert.All(asked, label => Assert.Contains($"\"{label}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_type_of_event_that_is_asked_for_is_raised_by_a_module()
    {
        var sources = string.Concat(Sources().Select(File.ReadAllText));
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

    private static IEnumerable<string> Sources() => ((string[])["src", "modules"])
        .SelectMany(static folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories))
        .Where(static file => !file.Contains("/obj/", StringComparison.Ordinal));

    // As docs/operations/metrics.md says: dots become underscores, then unit and _total follow unless they are there.
    private static IEnumerable<string> ExposedMetrics() => Row.Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "metrics.md"))).Select(static row =>
    {
        var name = row.Groups["name"].Value.Replace('.', '_');
        var unit = row.Groups["unit"].Value switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        name = name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return row.Groups["kind"].Value is "Counter" or "ObservableCounter" ? name + "_total" : name;
    });

    [GeneratedRegex("(?:sallyport|edgehub|edgeAgent)_[A-Za-z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric { get; }

    [GeneratedRegex(@"\b(t|parse_json\(Tags\))\.(?<label>[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label { get; }

    [GeneratedRegex(@"EventType (?:==|!in|in) (?:\([^)]*\)|""[^""]*"")", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventTypes { get; }

    [GeneratedRegex("\"[A-Za-z]+\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9_.]+)` \| (?<kind>\w+) \| (?<unit>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }
}
