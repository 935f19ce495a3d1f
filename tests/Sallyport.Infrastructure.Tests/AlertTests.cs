using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using Sallyport.Infrastructure.Tests.Kusto;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests;

/// <summary>Who is woken, by what, and whether the guide says what to do.</summary>
public sealed partial class AlertTests
{
    private const string Prefix = "alert-sallyport-prod-";

    [Fact]
    public async Task Every_rule_wakes_somebody_and_says_what_to_do()
    {
        Resource people = Assert.Single((await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Insights/actionGroups"));
        Assert.Equal(2, people.At("emailReceivers")!.AsArray().Count);
        Resource[] rules = [.. await LogRulesAsync(), .. await MetricRulesAsync()];
        Assert.InRange(rules.Length, 30, int.MaxValue);
        Assert.All(rules, rule =>
        {
            var actions = rule.At("actions")!;
            var woken = actions is JsonArray several ? several[0]!["actionGroupId"]! : Assert.Single(actions["actionGroups"]!.AsArray())!;
            Assert.Equal(people.Id, woken.ToString());
            Assert.InRange(rule.Text("description").Length, 30, 300);
            Assert.Equal("true", rule.Text("enabled"), ignoreCase: true);
        });
    }

    [Fact]
    public async Task Every_query_has_a_rule_and_every_rule_a_query()
    {
        Assert.Equal(
            Directory.EnumerateFiles(Queries.Folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
            (await LogRulesAsync()).Select(static rule => NameOf(rule) + ".kql").Order(StringComparer.Ordinal));
        Assert.All(await LogRulesAsync(), static rule => Assert.Equal(Queries.Texts[NameOf(rule)], rule.At("criteria", "allOf")![0]!["query"]!.ToString()));
    }

    [Fact]
    public async Task What_a_rule_splits_by_is_a_column_of_its_query()
    {
        IReadOnlyDictionary<string, Bound> bound = await Queries.BoundAsync();
        Assert.All(await LogRulesAsync(), rule =>
        {
            string[] names = [.. rule.At("criteria", "allOf")![0]!["dimensions"]!.AsArray().Select(static one => one!["name"]!.ToString())];
            Assert.InRange(names.Length, 1, 3);
            Assert.Equal("DeviceId", names[0]);
            Assert.Subset(bound[NameOf(rule)].Columns.ToHashSet(StringComparer.Ordinal), names.ToHashSet(StringComparer.Ordinal));
            Assert.Equal("TimeGenerated", bound[NameOf(rule)].Columns[0]);
        });
    }

    [Fact]
    public async Task A_state_is_over_when_it_is_over_and_an_event_is_told_once() => Assert.All(await LogRulesAsync(), static rule =>
    {
        TimeSpan each = XmlConvert.ToTimeSpan(rule.Text("evaluationFrequency"));
        TimeSpan window = XmlConvert.ToTimeSpan(rule.Text("windowSize"));
        TimeSpan range = rule.Text("overrideQueryTimeRange") is { Length: > 0 } text ? XmlConvert.ToTimeSpan(text) : window;
        Assert.True(each <= window && window <= range && range <= TimeSpan.FromDays(2), NameOf(rule));

        // Azure counts a row in the window that its TimeGenerated lies in: what is older than the window has to say that it is of now.
        var query = rule.At("criteria", "allOf")![0]!["query"]!.ToString();
        Assert.True(range == window || OfNow.IsMatch(query), NameOf(rule));
        if (rule.At("autoMitigate")!.GetValue<bool>())
        {
            return;
        }

        // Each row counts once, when it arrives: the window is as long as the pause, and rows are taken by the time of their arrival.
        Assert.True(each == window && range == TimeSpan.FromDays(2), NameOf(rule));
        Assert.NotEmpty(Arrival.Matches(query));
        Assert.All(Arrival.Matches(query), arrival => Assert.Equal(each, XmlConvert.ToTimeSpan($"PT{arrival.Groups["minutes"].Value}M")));
    });

    [Fact]
    public async Task The_guide_lists_every_rule_as_it_is()
    {
        string[] lines = await GuideAsync();
        Assert.Equal(
            (await LogRulesAsync()).Select(static rule =>
                $"| {LinkTo(rule)} | {rule.Text("severity")} | {rule.Text("evaluationFrequency")[2..].ToLowerInvariant()} | {(rule.At("autoMitigate")!.GetValue<bool>() ? "state" : "event")} |"),
            lines.Where(static line => line.EndsWith(" state |", StringComparison.Ordinal) || line.EndsWith(" event |", StringComparison.Ordinal)));
        Assert.Equal(
            (await MetricRulesAsync()).Select(static rule => $"| {LinkTo(rule)} | {rule.Text("severity")} | `{rule.At("criteria", "allOf")![0]!["metricName"]}` |"),
            lines.Where(static line => line.StartsWith("| [", StringComparison.Ordinal) && line.EndsWith("` |", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_guide_says_what_each_rule_means_asks_for_and_shows()
    {
        string[] lines = await GuideAsync();
        IReadOnlyDictionary<string, Bound> bound = await Queries.BoundAsync();
        Resource[] rules = [.. await LogRulesAsync(), .. await MetricRulesAsync()];
        Assert.Equal(rules.Select(NameOf), lines.Where(static line => line.StartsWith("### ", StringComparison.Ordinal)).Select(static line => line[4..]));
        Assert.All(rules, rule =>
        {
            string[] section = [.. lines.SkipWhile(line => !string.Equals(line, $"### {NameOf(rule)}", StringComparison.Ordinal)).Skip(1).TakeWhile(static line => !line.StartsWith('#'))];
            Assert.InRange(section[1].Length, 30, 400);
            Assert.Contains($"**What to do.** {rule.Text("description")}", section);
            if (bound.TryGetValue(NameOf(rule), out Bound? columns))
            {
                string[] table = [.. section.Where(static line => line.StartsWith("| ", StringComparison.Ordinal))];
                Assert.Equal($"| {string.Join(" | ", columns.Columns)} |", table[0]);
                Assert.InRange(table.Length, 3, int.MaxValue);
            }
        });
    }

    private static async Task<IEnumerable<Resource>> LogRulesAsync() => (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Insights/scheduledQueryRules");

    private static async Task<IEnumerable<Resource>> MetricRulesAsync() => (await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Insights/metricAlerts");

    private static Task<string[]> GuideAsync() => File.ReadAllLinesAsync(RepositoryRoot.Combine("docs", "operations", "monitoring.md"), TestContext.Current.CancellationToken);

    private static string LinkTo(Resource rule) => $"[{NameOf(rule)}](#{NameOf(rule)})";

    private static string NameOf(Resource rule) => rule.Name[Prefix.Length..];

    [GeneratedRegex(@"project TimeGenerated = (?:ingestion_time|now)\(\)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfNow { get; }

    [GeneratedRegex(@"ingestion_time\(\) > ago\((?<minutes>\d+)m\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arrival { get; }
}
