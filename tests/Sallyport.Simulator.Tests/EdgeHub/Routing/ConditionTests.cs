using System.Collections.Frozen;
using System.Text;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Tests.EdgeHub.Routing;

public sealed class ConditionTests
{
    private const string Body =
        """
        {"weather":{"temperature":50,"freezing":-50.4,"precise":50.4,"nothing":null,"time":"2026-11-22T10:15:00.000Z",
         "previous":[20,30,40],"isOn":true,"isOff":false,"place":{"city":"Redmond","state":"WA"},
         "history":[{"month":"Feb","temperature":40}]}}
        """;

    private static readonly RoutedMessage Message = new()
    {
        Source = "/messages/modules/alpha/outputs/telemetry",
        Sender = new HubIdentity("edge-1", "alpha"),
        Body = Encoding.UTF8.GetBytes(Body),
        Properties = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["key1"] = "value1",
            ["key2"] = "3",
            ["key3"] = "VALUE3",
            ["null_value"] = null,
            ["$sys4"] = "value4",
            ["city"] = "Redmond",
            ["$body.weather.conflict"] = "100",
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        SystemProperties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["sys1"] = "sysvalue1",
            ["sys2"] = "4",
            ["sys4"] = "sysvalue4",
            ["connectionModuleId"] = "alpha",
            ["contentType"] = "application/json",
            ["contentEncoding"] = "utf-8",
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    };

    [Theory]
    [InlineData("3 = 3")]
    [InlineData("'3' = \"3\"")]
    [InlineData("key2 = '3'")]
    [InlineData("key2='3'")]
    [InlineData("KEY1 = 'value1'")]
    [InlineData("as_number(key2) = 3")]
    [InlineData("$sys2 = '4'")]
    [InlineData("{ $sys1 } = 'sysvalue1'")]
    [InlineData("$connectionModuleId = 'alpha'")]
    [InlineData("$sys4 = 'value4'")]
    [InlineData("{$sys4} = 'sysvalue4'")]
    [InlineData("3 != 4")]
    [InlineData("key2 <> '4'")]
    [InlineData("true")]
    [InlineData("not false")]
    [InlineData("NOT (true AND false)")]
    [InlineData("true or none = 'true'")]
    [InlineData("none = 'true' or true")]
    [InlineData("not null")]
    [InlineData("null or true")]
    [InlineData("(null and false) = null")]
    [InlineData("(null or null) = null")]
    [InlineData("(key1 ?? 'hello') = 'value1'")]
    [InlineData("(none ?? none ?? 'hello') = 'hello'")]
    [InlineData("(3 % 0 ?? 12.34) = 12.34")]
    [InlineData("3 + 4 = 7")]
    [InlineData("3 - 4 = -1")]
    [InlineData("3 * as_number(key2) = 9")]
    [InlineData("3 / 4 = 0.75")]
    [InlineData("4 % 3 = 1")]
    [InlineData("2 + 3 * 4 = 14")]
    [InlineData("-(3 + 4) = -7")]
    [InlineData("as_number('10e1000') = 1/0")]
    [InlineData("0x1F = 31")]
    [InlineData("1E2 = 100 and -.5e1 = -5")]
    [InlineData("is_defined(E6) = false and (E6 ?? 7) = 7")]
    [InlineData("'a' < 'b'")]
    [InlineData("8 > 7 and 7 >= 7 and 6 < 7 and 7 <= 7")]
    [InlineData("is_bool(true) and IS_DEFINED(null_value) and is_null(null_value) and is_string(key1)")]
    [InlineData("is_number(12.34) and not is_number(3 / 0)")]
    [InlineData("concat('a', key1, 'd') = 'avalue1d'")]
    [InlineData("'a' || null_value || 'd' = 'ad'")]
    [InlineData("length(key3) = 6 and lower(key3) = 'value3' and UPPER('x') = 'X'")]
    [InlineData("substring('abc', 1) = 'bc' and substring('abc', 1, 1) = 'b' and substring('abc', 3) = ''")]
    [InlineData("index_of('abcdef', 'cd') = 2 and index_of('abc', 'xz') = -1")]
    [InlineData("starts_with(key1, 'val') and ends_with(key1, 'e1') and contains(key1, 'alu')")]
    [InlineData("abs(-12) = 12 and ceiling(2.1) = 3 and floor(-2.1) = -3 and sign(-2.1) = -1")]
    [InlineData("sqrt(4) = 2 and square(3) = 9 and power(2, 3) = 8 and exp(0) = 1")]
    [InlineData(@"'it\'s \u0041' = ""it's A""")]
    [InlineData("$BODY.weather.temperature >= 50")]
    [InlineData("$body.weather.previous[1] * $body.weather.previous[2] = 1200")]
    [InlineData("$body.weather.history[0].temperature - 10 = $body.weather.previous[1]")]
    [InlineData("$body.weather.place.city = city")]
    [InlineData("$body.weather.temperature <> '50'")]
    [InlineData("$body.weather.isOn AND NOT $body.weather.isOff")]
    [InlineData("$body.weather.nothing = null")]
    [InlineData("$body.weather.unknown = null")]
    [InlineData("$body.weather.unknown <> '100'")]
    [InlineData("$body.weather.conflict = '100'")]
    [InlineData("abs($body.weather.freezing) = 50.4 and length($body.weather.place.state) = 2")]
    public void Holds(string condition) => Assert.True(Matches(condition), condition);

    [Theory]
    [InlineData("3")]
    [InlineData("'a text'")]
    [InlineData("undefined")]
    [InlineData("null")]
    [InlineData("null and null")]
    [InlineData("none = '4'")]
    [InlineData("none != '4'")]
    [InlineData("not (none = 'true')")]
    [InlineData("true and none = 'true'")]
    [InlineData("undefined < undefined")]
    [InlineData("is_defined(none)")]
    [InlineData("is_defined(-undefined)")]
    [InlineData("is_defined(3 % 0)")]
    [InlineData("is_defined(sqrt(-4))")]
    [InlineData("is_defined(as_number(key1))")]
    [InlineData("is_defined('a' || none)")]
    [InlineData("is_defined(lower(null_value))")]
    [InlineData("is_defined(substring('abc', 4))")]
    [InlineData("is_defined(substring('abc', -1, 0))")]
    [InlineData("is_defined(substring('abc', 1, 9))")]
    [InlineData("is_string(null_value)")]
    [InlineData("$body.weather.temperature = '50'")]
    [InlineData("$body.weather.place = null")]
    [InlineData("$body.weather.place <> null")]
    [InlineData("$body.weather.time <> '100'")]
    [InlineData("$none <> $body.weather.unknown")]
    [InlineData("$body")]
    public void Does_not_hold(string condition) => Assert.False(Matches(condition), condition);

    [Theory]
    [InlineData("3 + key2", 2)]
    [InlineData("3 = key2", 2)]
    [InlineData("'a' + 'b'", 4)]
    [InlineData("3 + undefined", 2)]
    [InlineData("key1 ?? 12.34", 5)]
    [InlineData("key1 ?? 'a' = 'b'", 5)]
    [InlineData("key1 and true", 5)]
    [InlineData("- (key1)", 0)]
    [InlineData("not key1", 0)]
    [InlineData("concat('a')", 0)]
    [InlineData("length(12.34)", 0)]
    [InlineData("length(undefined)", 0)]
    [InlineData("substring('a', 'b')", 0)]
    [InlineData("index_of('a', null)", 0)]
    [InlineData("abs(3, 4)", 0)]
    [InlineData("no_such('a')", 0)]
    [InlineData("twin_change_includes(reported.x)", 0)]
    [InlineData("key1 == 'a'", 6)]
    [InlineData("key1 = \"a", 7)]
    [InlineData("key1 = 'a' 'b'", 11)]
    [InlineData("(true", 6)]
    [InlineData("true)", 4)]
    [InlineData("$body.a[]", 7)]
    [InlineData("$body.a[1:2]", 7)]
    [InlineData("$body.a..b", 8)]
    [InlineData("key1 = ", 8)]
    public void Is_refused_with_the_position(string condition, int position)
    {
        RouteTableException refused = Assert.Throws<RouteTableException>(() => Parse(condition));

        Assert.Equal(position, refused.Position - "FROM /messages/* WHERE ".Length);
        Assert.Contains("r1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_body_is_undefined_unless_type_and_encoding_say_that_it_is_JSON()
    {
        var message = new RoutedMessage
        {
            Source = Message.Source,
            Sender = Message.Sender,
            Body = Message.Body,
            SystemProperties = new Dictionary<string, string>(StringComparer.Ordinal) { ["contentType"] = "application/json" }
                .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };

        Assert.Empty(Parse("$body.weather.temperature = 50").Match(message));
        Assert.Empty(Parse("$body.weather.temperature <> 51").Match(message));
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack()
    {
        string condition = new string('(', 10_000) + "true" + new string(')', 10_000);

        Assert.Throws<RouteTableException>(() => Parse(condition));
    }

    private static bool Matches(string condition) => Parse(condition).Match(Message).Count == 1;

    // A condition must be cut off somewhere: the line break keeps positions the same.
    private static RouteTable Parse(string condition) => RouteTable.Parse(new Dictionary<string, RouteDefinition>(StringComparer.Ordinal)
    {
        ["r1"] = new RouteDefinition($"FROM /messages/* WHERE {condition}\nINTO $upstream"),
    });
}
