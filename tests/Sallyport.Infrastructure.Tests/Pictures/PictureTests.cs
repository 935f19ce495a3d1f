using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sallyport.Infrastructure.Tests.Kusto;
using Sallyport.TestKit;

namespace Sallyport.Infrastructure.Tests.Pictures;

/// <summary>The pictures of the guide are what the queries of the workbook make of the made-up day: <c>SALLYPORT_UPDATE_DOCS=1</c> draws them anew.</summary>
public sealed class PictureTests
{
    private const int MostCharacters = 40_000;

    private static readonly string Folder = RepositoryRoot.Combine("docs", "operations", "pictures");

    public static TheoryData<string> Tabs => [.. WorkbookTab.All.Select(static one => one.Name)];

    [Theory]
    [MemberData(nameof(Tabs))]
    public async Task A_picture_shows_what_the_queries_of_its_tab_find(string tab)
    {
        JsonObject drawn = (await Answers.ReadAsync()).Pictures[tab];
        Assert.Null(drawn["error"]?.ToString());
        var file = Path.Combine(Folder, WorkbookTab.All.Single(one => string.Equals(one.Name, tab, StringComparison.Ordinal)).FileName);
        var text = drawn["svg"]!.ToString();
        if (Templates.IsUpdating)
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        var isSame = File.Exists(file) && string.Equals(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(isSame, $"{file} is stale: run the tests with SALLYPORT_UPDATE_DOCS=1 and look at it.");
    }

    [Theory]
    [MemberData(nameof(Tabs))]
    public async Task A_picture_is_small_fetches_nothing_and_says_what_it_shows(string tab)
    {
        var text = (await Answers.ReadAsync()).Pictures[tab]["svg"]!.ToString();
        Assert.InRange(text.Length, 1000, MostCharacters);
        var root = XDocument.Parse(text).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal($"Workbook, tab {tab}", root.Element(svg + "title")!.Value);
        Assert.All(WorkbookTab.All.Single(one => string.Equals(one.Name, tab, StringComparison.Ordinal)).Items, item =>
            Assert.Contains($"{item["title"]}: ", root.Element(svg + "desc")!.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("nothing", root.Element(svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain(root.Descendants(), static one => one.Name.LocalName is "image" or "script" or "use" or "a");
        Assert.Contains("prefers-color-scheme:dark", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guide_has_every_picture_and_there_are_no_others()
    {
        var guide = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "operations", "monitoring.md"), TestContext.Current.CancellationToken);
        Assert.All(WorkbookTab.All, one => Assert.Matches($@"!\[[^\]]{{20,}}\]\(pictures/{one.FileName}\)", guide));
        Assert.Equal(WorkbookTab.All.Select(static one => one.FileName).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }
}
