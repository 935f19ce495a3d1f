using System.Text.Json.Nodes;
using Sallyport.Infrastructure.Tests.Kusto;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Rules;

/// <summary>The tables of the guide are what the rules tell in their cases: <c>SALLYPORT_UPDATE_DOCS=1</c> writes them anew.</summary>
public sealed class GuideTests
{
    private static readonly string File = RepositoryRoot.Combine("docs", "operations", "monitoring.md");

    [Fact]
    public async Task The_guide_shows_what_each_rule_tells_in_its_case()
    {
        Answers answers = await Answers.ReadAsync();
        var kept = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        var lines = kept.Split('\n').ToList();
        foreach ((int at, RuleCase one) in RuleCases.All.Index().Where(static pair => pair.Item.Written["guide"] is not null))
        {
            string[] table = [.. Table(answers.Bound[one.Rule].Columns, answers.Cases[at]["table"]!.AsArray())];
            var section = lines.IndexOf($"### {one.Rule}");
            var first = lines.FindIndex(section, static line => line.StartsWith('|'));
            var last = lines.FindIndex(first, static line => !line.StartsWith('|'));
            lines.RemoveRange(first, last - first);
            lines.InsertRange(first, table);
        }

        var made = string.Join('\n', lines);
        if (Templates.IsUpdating)
        {
            await System.IO.File.WriteAllTextAsync(File, made, TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(string.Equals(made, kept, StringComparison.Ordinal), "docs/operations/monitoring.md is stale: run the tests with SALLYPORT_UPDATE_DOCS=1.");
    }

    private static IEnumerable<string> Table(string[] columns, JsonArray rows) =>
    [
        Line(columns),
        Line(columns.Select(static _ => "---")),
        .. rows.Select(static row => Line(row!.AsArray().Select(static cell => cell!.ToString()))),
    ];

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |".Replace("|  |", "| |", StringComparison.Ordinal);
}
