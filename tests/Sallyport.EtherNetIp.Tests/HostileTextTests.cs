using CsCheck;
using Sallyport.EtherNetIp.Paths;

namespace Sallyport.EtherNetIp.Tests;

public sealed class HostileTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char["ab_[],.:0123 \u00E4\uD83D"].Array[0, 30].Select(characters => new string(characters)),
        Gen.String,
        Gen.OneOf(Gen.Const("Program:"), Gen.Const("a."), Gen.Const("b[1]"), Gen.Const("[2,"), Gen.Const("4294967295"), Gen.Const("]"), Gen.Const(".7"))
            .List[0, 8].Select(string.Concat));

    [Fact]
    public void Every_text_is_a_tag_name_whose_paths_can_be_made_or_is_refused_within_it() =>
        Texts.Sample(
            text =>
            {
                switch (TagName.Parse(text))
                {
                    case TagNameOutcome.Parsed parsed:
                        Assert.True(parsed.Name.ToPath().Words > 0);
                        Assert.True(parsed.Name.ToInstancePath(uint.MaxValue).Words > 0);
                        Assert.True(parsed.Name.ToBitArrayPath(out int bit).Words > 0);
                        Assert.InRange(bit, 0, 31);
                        break;
                    case TagNameOutcome.Refused refused:
                        Assert.InRange(refused.Position, 0, text.Length);
                        break;
                }
            },
            iter: 1_000_000);

    [Fact]
    public void Every_text_is_a_route_or_is_refused() =>
        Texts.Sample(text => RoutePath.Parse(text) is RouteOutcome.Parsed { Route.Path.Words: <= RoutePath.MaxWords } or RouteOutcome.Refused { Part: >= 0 }, iter: 1_000_000);
}
