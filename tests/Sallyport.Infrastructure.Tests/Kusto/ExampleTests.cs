using System.Text.Json.Nodes;

namespace Sallyport.Infrastructure.Tests.Kusto;

/// <summary>Our stand-in for Kusto is judged by the examples of Kusto's documentation: queries and results are those of the pages, with a few rows where a page asks a sample database.</summary>
public sealed class ExampleTests
{
    // What they are worth depends on when they are asked, or on our own workspace: the cases of the rules show it.
    private static readonly string[] WithoutExample = ["ago()", "ingestion_time()", "now()", "SallyportGateways()"];

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
    public async Task Each_operator_and_function_that_our_queries_use_is_in_an_example_of_the_documentation()
    {
        Answers answers = await Answers.ReadAsync();
        HashSet<string> judged = [.. answers.Examples.Where(static one => one["parts"] is not null).SelectMany(static one => one["parts"]!.AsArray()).Select(static one => one!.ToString())];
        string[] used = [.. Tests.Queries.Texts.Keys.SelectMany(name => answers.Bound[name].Parts).Distinct(StringComparer.Ordinal)];
        Assert.InRange(used.Length, 50, int.MaxValue);
        Assert.Empty(used.Except(judged, StringComparer.Ordinal).Except(WithoutExample, StringComparer.Ordinal));
        Assert.All(Example.All, static one => Assert.Matches("^[a-z-]+(/[a-z-]+)?$", one.Page));
    }
}
