using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests;

/// <summary>The workbook: its queries are bound in <see cref="QueryTests"/>.</summary>
public sealed class WorkbookTests
{
    private static readonly JsonArray Items = JsonNode.Parse(File.ReadAllText(Queries.Workbook))!["items"]!.AsArray();

    [Fact]
    public void Each_tab_has_a_group_that_it_shows()
    {
        string[] tabs = [.. Items.Single(static item => item!["type"]!.GetValue<int>() == 11)!["content"]!["links"]!.AsArray().Select(static link => link!["subTarget"]!.ToString())];
        Assert.Equal(["Fleet", "Gateway", "Security posture", "Identity", "Change log"], tabs);
        Assert.Equal(tabs, Items.Where(static item => item!["type"]!.GetValue<int>() == 12).Select(static item => item!["conditionalVisibility"]!["value"]!.ToString()));
    }

    [Fact]
    public void Every_question_has_a_title_and_the_time_that_people_chose()
    {
        JsonObject[] questions = [.. Queries.Nodes(Items).Where(static node => node["version"]?.ToString() is "KqlItem/1.0")];
        Assert.InRange(questions.Length, 20, int.MaxValue);
        Assert.All(questions, static one => Assert.NotEmpty(one["title"]!.ToString()));
        Assert.All(questions, static one => Assert.Equal("TimeRange", one["timeContextFromParameter"]!.ToString()));
        Assert.Equal(questions.Length, questions.Select(static one => one["title"]!.ToString()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_is_deployed_is_the_file()
    {
        Resource workbook = Assert.Single((await Templates.SnapshotOfAsync("prod")).Of("Microsoft.Insights/workbooks"));
        Assert.Equal(await File.ReadAllTextAsync(Queries.Workbook, TestContext.Current.CancellationToken), workbook.Text("serializedData"));
    }
}
