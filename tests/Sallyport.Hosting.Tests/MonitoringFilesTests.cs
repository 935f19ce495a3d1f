using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Hosting.Metrics;
using Sallyport.TestKit;

namespace Sallyport.Hosting.Tests;

/// <summary>The dashboard and the alert rules speak of metrics that there are, in words that Prometheus understands.</summary>
public sealed partial class MonitoringFilesTests
{
    private static readonly string Prometheus = RepositoryRoot.Combine("infra", "prometheus");
    private static readonly string Dashboard = RepositoryRoot.Combine("infra", "grafana", "sallyport.json");

    [Theory]
    [InlineData("infra/prometheus/sallyport.rules.yml")]
    [InlineData("infra/prometheus/sallyport.rules.test.yml")]
    [InlineData("infra/grafana/sallyport.json")]
    public void Every_metric_that_is_asked_for_is_one_of_the_modules(string file)
    {
        HashSet<string> known = KnownSeries();
        string[] asked = [.. Series.Matches(File.ReadAllText(RepositoryRoot.Combine(file.Split('/')))).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
        Assert.InRange(asked.Length, 5, int.MaxValue);
        Assert.All(asked, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Every_panel_has_a_title_a_place_of_its_own_and_a_question()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        JsonElement[] panels = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()];
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("title").GetString()!));
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("gridPos").ToString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Expressions().Count(), panels.Sum(panel => panel.GetProperty("targets").GetArrayLength()));
    }

    [Fact]
    public async Task Prometheus_takes_the_configuration_and_the_rules()
    {
        var promtool = Peer.Require("promtool");
        _ = await Command.RunAsync(promtool, "check", "config", "--lint-fatal", Path.Combine(Prometheus, "prometheus.yml"));
        _ = await Command.RunAsync(promtool, "check", "rules", "--lint-fatal", Path.Combine(Prometheus, "sallyport.rules.yml"));
    }

    [Fact]
    public async Task Rules_wake_people_when_they_should_and_at_no_other_time() =>
        Assert.Contains("SUCCESS", await Command.RunAsync(Peer.Require("promtool"), "test", "rules", Path.Combine(Prometheus, "sallyport.rules.test.yml")), StringComparison.Ordinal);

    [Fact]
    public async Task Prometheus_understands_every_question_of_the_dashboard()
    {
        var promtool = Peer.Require("promtool");
        var rules = Path.Combine(Directory.CreateTempSubdirectory("sallyport-dashboard-").FullName, "questions.yml");
        try
        {
            IEnumerable<string> lines = Expressions().Select((question, at) => FormattableString.Invariant($"  - record: question_{at}\n    expr: {JsonSerializer.Serialize(question)}"));
            await File.WriteAllTextAsync(rules, $"groups:\n- name: dashboard\n  rules:\n{string.Join('\n', lines)}\n", TestContext.Current.CancellationToken);
            _ = await Command.RunAsync(promtool, "check", "rules", "--lint=none", rules);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(rules)!, recursive: true);
        }
    }

    private static IEnumerable<string> Expressions()
    {
        using JsonDocument dashboard = JsonDocument.Parse(File.ReadAllText(Dashboard));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!.Replace("$gateway", ".*", StringComparison.Ordinal))];
    }

    private static HashSet<string> KnownSeries()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match row in Row.Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "metrics.md"))))
        {
            var kind = row.Groups["kind"].Value;
            var name = PrometheusName.OfMetric(row.Groups["name"].Value, row.Groups["unit"].Value, kind is "Counter" or "ObservableCounter");
            known.UnionWith(kind is "Histogram" ? [name + "_bucket", name + "_sum", name + "_count"] : [name]);
        }

        Assert.InRange(known.Count, 100, int.MaxValue);
        return known;
    }

    [GeneratedRegex(@"\bsallyport_[a-z0-9_]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Series { get; }

    [GeneratedRegex(@"^\| `(?<name>[a-z0-9_.]+)` \| (?<kind>\w+) \| (?<unit>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }
}
