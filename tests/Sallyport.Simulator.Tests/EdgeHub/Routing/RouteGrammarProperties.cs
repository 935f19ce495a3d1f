using CsCheck;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Tests.EdgeHub.Routing;

public sealed class RouteGrammarProperties
{
    private static readonly string[] Pieces =
    [
        "FROM", "INTO", "WHERE", "SELECT", "*", "/", "messages", "modules", "$upstream", "BrokeredEndpoint", "(", ")", "'x'", "\"", "'",
        "=", "!=", "<>", "<", "AND", "or", "not", "key", "$body.a[0]", "{", "}", "1", "-2.5", "0xF", "E6", "null", "undefined", "true", "??",
        "||", "+", "-", "%", ",", "concat", "as_number", "/*", "*/", "\\", "@", " ", "\n", "é", "[", "]",
    ];

    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.String,
        Gen.OneOf(Pieces).Array[0, 30].Select(pieces => string.Join(' ', pieces)),
        Gen.OneOf(Pieces).Array[0, 30].Select(pieces => string.Concat(pieces)));

    private static readonly RoutedMessage Message = new()
    {
        Source = "/messages/modules/alpha/outputs/telemetry",
        Sender = new HubIdentity("edge-1", "alpha"),
        Body = ReadOnlyMemory<byte>.Empty,
    };

    [Fact]
    public void Any_text_is_a_route_or_is_refused_with_a_position_inside_it() =>
        Hostile.Sample(text =>
        {
            try
            {
                _ = Parse(text).Match(Message);
            }
            catch (RouteTableException e)
            {
                Assert.InRange(e.Position!.Value, 0, text.Length);
            }
        });

    [Fact]
    public void Any_condition_is_evaluated_or_refused() =>
        Hostile.Sample(condition =>
        {
            try
            {
                _ = Parse($"FROM /messages/* WHERE {condition} INTO $upstream").Match(Message);
            }
            catch (RouteTableException e)
            {
                Assert.NotNull(e.Position);
            }
        });

    [Fact]
    public void Tokens_cover_the_text_in_order() =>
        Hostile.Sample(text =>
        {
            int end = 0;
            foreach (RouteToken token in RouteLexer.Tokenize(text))
            {
                Assert.True(token.Position >= end);
                Assert.Equal(token.Text, text.Substring(token.Position, token.Text.Length));
                end = token.Position + token.Text.Length;
            }

            Assert.Equal(text.Length, end);
        });

    [Fact]
    public void Names_swallow_punctuation_that_stands_without_spaces() =>
        Assert.Equal(
            ["a+b", "=", "'x'||y", "$body.z!", "=", "c", "-", "d", "!="],
            RouteLexer.Tokenize("a+b='x'||y $body.z!=c - d !=").SkipLast(1).Select(token => token.Text));

    [Fact]
    public void Comparisons_of_whole_numbers_agree_with_arithmetic() =>
        Gen.Select(Gen.Int[-1000, 1000], Gen.Int[-1000, 1000]).Sample((first, second) =>
        {
            Assert.Equal(first < second, Holds($"{first} < {second}"));
            Assert.Equal(first == second, Holds($"{first} = {second}"));
            Assert.True(Holds($"{first} + ({second}) = {first + second}"));
            Assert.True(Holds($"({first} <= {second}) = not ({first} > {second})"));
        });

    private static bool Holds(string condition) =>
        Parse($"FROM /messages/* WHERE {condition} INTO $upstream").Match(Message).Count == 1;

    private static RouteTable Parse(string text) =>
        RouteTable.Parse(new Dictionary<string, RouteDefinition>(StringComparer.Ordinal) { ["r1"] = new RouteDefinition(text) });
}
