using System.Text.Json.Nodes;
using Sallyport.Infrastructure.Tests.Kusto;

namespace Sallyport.Infrastructure.Tests.Rules;

/// <summary>Each rule over written days of a fleet: what it tells, of whom, at which look, and what it does not.</summary>
public sealed class RuleTests
{
    public static TheoryData<string, string> Cases => [.. RuleCases.All.Select(static one => (one.Rule, one.Test))];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_rule_tells_what_it_should_when_it_should_and_nothing_else(string rule, string test)
    {
        var at = Array.FindIndex(RuleCases.All, one => string.Equals(one.Rule, rule, StringComparison.Ordinal) && string.Equals(one.Test, test, StringComparison.Ordinal));
        JsonObject judged = (await Answers.ReadAsync()).Cases[at];
        Assert.Null(judged["error"]?.ToString());
        Assert.Empty(judged["differences"]!.AsArray().Select(static one => one!.ToString()));
    }

    [Fact]
    public async Task Every_rule_is_seen_to_tell_something_and_to_tell_nothing()
    {
        Assert.Equal((await AlertRule.AllAsync()).Keys.Order(StringComparer.Ordinal), RuleCases.Names().Order(StringComparer.Ordinal));
        Assert.All(RuleCases.All.GroupBy(static one => one.Rule, StringComparer.Ordinal), static cases =>
        {
            Assert.Equal(cases.Count(), cases.Select(static one => one.Test).Distinct(StringComparer.Ordinal).Count());
            Assert.Contains(cases, static one => one.Written["alerts"] is JsonObject { Count: > 0 });
            Assert.Contains(cases, static one => one.Written["alerts"] is null);
            Assert.Single(cases, static one => one.Written["guide"] is not null);
        });
    }
}
