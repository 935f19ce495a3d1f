using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests.Kusto;

/// <summary>Our stand-in for Kusto is judged by the examples of Kusto's documentation: queries and results are those of the pages, shortened where a page asks a sample database.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Queries => [.. Example.All.Select(static one => one.Query)];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_query_of_the_documentation_has_the_result_of_its_page(string query)
    {
        var at = Array.FindIndex(Example.All, one => string.Equals(one.Query, query, StringComparison.Ordinal));
        JsonObject written = Example.All[at].Written;
        JsonObject answer = (await Answers.ReadAsync()).Examples[at];
        if (written["refused"] is { } refused)
        {
            Assert.Contains(refused.ToString(), answer["error"]?.ToString() ?? "", StringComparison.Ordinal);
            return;
        }

        Assert.Null(answer["error"]?.ToString());
        Assert.Equal(written["rows"]!.ToJsonString(), answer["rows"]!.ToJsonString());
    }

    [Fact]
    public void Each_operator_and_function_that_the_queries_use_has_a_page()
    {
        HashSet<string> pages = [.. Example.All.Where(static one => one.Written["refused"] is null).Select(static one => one.Page)];
        Assert.InRange(pages.Count, 25, int.MaxValue);
        Assert.All(Example.All, static one => Assert.Matches("^[a-z-]+(/[a-z-]+)?$", one.Page));
    }
}
