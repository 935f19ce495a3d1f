using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sallyport.Infrastructure.Tests.Pictures;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Rules;

/// <summary>Written days speak of what there is: metrics, labels, their values, members of events. Their columns are checked when they are read.</summary>
public sealed partial class VocabularyTests
{
    // Names that a plant gives, numbers, and what edgeHub and edgeAgent say.
    private static readonly string[] FreeLabels = ["edge_device", "source", "name", "subject", "serial", "credential", "id", "from", "from_route_output", "disk_name", "instance_number", "output"];

    private static readonly string[] RuntimeReasons = ["ttl_expiry", "no_route", "not_authenticated"];

    [Fact]
    public void Every_metric_of_a_written_day_is_told_by_a_module_or_the_runtime()
    {
        string[] metrics = [.. Series().Select(static one => one.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        Assert.InRange(metrics.Length, 25, int.MaxValue);
        Assert.All(metrics, static name => Assert.Contains(name, MetricVocabulary.All));
    }

    [Fact]
    public void Every_label_and_word_of_a_written_day_is_one_of_the_sources()
    {
        var metrics = MetricVocabulary.MetricSources;
        var all = string.Concat(MetricVocabulary.Sources().Select(File.ReadAllText));
        Assert.All(Labels().Select(static one => one.Label).Distinct(StringComparer.Ordinal).Except(MetricVocabulary.CommonLabels, StringComparer.Ordinal), label =>
            Assert.Contains($"\"{label}\"", metrics, StringComparison.Ordinal));
        Assert.All(Labels().Where(static one => !FreeLabels.Contains(one.Label, StringComparer.Ordinal) && !RuntimeReasons.Contains(one.Value, StringComparer.Ordinal)).Distinct(), one =>
            Assert.True(IsWordOf(all, one.Value) || IsModule(one.Value), $"{one.Label}={one.Value}"));
    }

    [Fact]
    public void Every_series_of_a_written_day_has_the_labels_that_real_pages_have()
    {
        JsonObject pages = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("tests", "Sallyport.Infrastructure.Tests", "labels.json")))!.AsObject();
        Match[] judged = [.. Series().Where(one => pages.ContainsKey(one.Groups["name"].Value))];
        Assert.InRange(judged.Select(static one => one.Groups["name"].Value).Distinct(StringComparer.Ordinal).Count(), pages.Count, pages.Count);
        Assert.All(judged, one =>
        {
            IEnumerable<string> labels = NamesOf(one).Except(["edge_device", "module_name", "instance_number"], StringComparer.Ordinal).Order(StringComparer.Ordinal);
            Assert.Contains(string.Join(',', labels), pages[one.Groups["name"].Value]!.AsArray().Select(static set => string.Join(',', set!.AsArray().Select(static label => label!.ToString()))));
        });
    }

    [Fact]
    public void Every_event_of_a_written_day_has_words_of_the_format_and_of_the_sources()
    {
        JsonNode format = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("docs", "formats", "event-1.schema.json")))!["properties"]!;
        var posture = File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "posture.md"));
        var all = string.Concat(MetricVocabulary.Sources().Select(File.ReadAllText));
        JsonObject[] events = [.. Rows("OtSecurityEvent_CL"), .. Rows("OtPosture_CL")];
        Assert.InRange(events.Length, 20, int.MaxValue);
        Assert.All(events, one =>
        {
            Assert.All((string[])["Kind", "Severity", "Result"], name => Assert.True(
                one[name] is not { } word || format[char.ToLowerInvariant(name[0]) + name[1..]]!["enum"]!.AsArray().Any(known => string.Equals(known!.ToString(), word.ToString(), StringComparison.Ordinal)),
                one.ToJsonString()));
            Assert.True(one["EventType"] is not { } type || all.Contains($"\"{type}\"", StringComparison.Ordinal), one.ToJsonString());
            Assert.True(one["CheckId"] is not { } check || posture.Contains($"| `{check}` |", StringComparison.Ordinal), one.ToJsonString());
            Assert.True(IsModule(one["ModuleId"]!.ToString()), one.ToJsonString());
        });
    }

    [Fact]
    public void Written_days_have_the_pauses_and_the_life_of_metrics_that_the_manifest_has()
    {
        JsonNode modules = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine("deployment.template.json")))!["modulesContent"]!;
        Assert.Equal("300", modules["$edgeAgent"]!["properties.desired"]!["modules"]!["MetricsCollector"]!["env"]!["ScrapeFrequencyInSecs"]!["value"]!.ToString());
        Assert.Equal(3600, modules["$edgeHub"]!["properties.desired"]!["routes"]!["metricsToCloud"]!["timeToLiveSecs"]!.GetValue<int>());
    }

    private static bool IsModule(string name) => Directory.Exists(RepositoryRoot.Combine("modules", name));

    // As text, or as a member of an enum.
    private static bool IsWordOf(string sources, string word) =>
        sources.Contains($"\"{word}\"", StringComparison.Ordinal) || sources.Contains($"    {word},\n", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> Written() => RuleCases.All.Select(static one => one.Written).Append(WorkbookTab.Day).Distinct();

    private static IEnumerable<Match> Series() => Written()
        .SelectMany(static one => one["metrics"]?.AsObject().Select(static metric => metric.Key) ?? [])
        .Distinct(StringComparer.Ordinal)
        .Select(static text => SeriesText.Match(text));

    private static IEnumerable<(string Label, string Value)> Labels() => Series().SelectMany(static one => one.Groups["labels"].Value.Split(','))
        .Select(static pair => (pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    private static IEnumerable<string> NamesOf(Match series) =>
        series.Groups["labels"].Value.Split(',').Select(static pair => pair[..pair.IndexOf('=', StringComparison.Ordinal)]);

    private static IEnumerable<JsonObject> Rows(string table) =>
        Written().SelectMany(one => one["rows"]?[table]?.AsArray().Select(static row => row!.AsObject()) ?? []);

    [GeneratedRegex(@"^(?<name>\w+)\{(?<labels>.+)\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SeriesText { get; }
}
