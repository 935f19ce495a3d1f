using System.Collections.Frozen;
using System.Text.Json;
using CsCheck;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Hosting.Tests;

public sealed class DesiredReaderTests
{
    private static readonly FrozenDictionary<string, int> Choices =
        new Dictionary<string, int>(StringComparer.Ordinal) { ["one"] = 1, ["two"] = 2 }.ToFrozenDictionary(StringComparer.Ordinal);

    [Fact]
    public void What_is_right_is_read_without_a_fault()
    {
        string faults = Judge("""{"n":5,"t":"x","c":"two","o":{"a":{},"b":{}}}""", root =>
        {
            Assert.True(root.IsObjectOf("n", "t", "c", "o"));
            Assert.True(root["n"].TryInteger(1, 5, out int number));
            Assert.True(root["t"].TryText(1, out string? text));
            Assert.True(root["c"].TryChoice(Choices, out int choice));
            Assert.Equal((5, "x", 2), (number, text, choice));
            Assert.Equal("a b", string.Join(' ', root["o"].NamedEntries(2).Select(entry => entry.Name)));
        });
        Assert.Equal("", faults);
    }

    [Fact]
    public void What_is_left_out_has_its_default_or_is_missed()
    {
        string faults = Judge("{}", root =>
        {
            Assert.True(root["n"].TryInteger(1, 5, absent: 3, out int number));
            Assert.True(root["c"].TryChoice(Choices, absent: 7, out int choice));
            Assert.Equal((3, 7), (number, choice));
            Assert.False(root["n"].TryInteger(1, 5, out _));
            Assert.False(root["t"].TryText(5, out _));
            Assert.Empty(root["o"].NamedEntries(5));
            Assert.False(root["o"].IsObjectOf());
            Assert.False(root["o"]["deeper"].Exists);
        });
        Assert.Equal("/n: It is missing.|/t: It is missing.|/o: It is missing.|/o: It is missing.", faults);
    }

    [Theory]
    [InlineData("6", "6 is not a whole number from 1 to 5.")]
    [InlineData("0", "0 is not a whole number from 1 to 5.")]
    [InlineData("2.5", "2.5 is not a whole number from 1 to 5.")]
    [InlineData("1e400", "1e400 is not a whole number from 1 to 5.")]
    [InlineData("99999999999999999999999", "This number is not a whole number from 1 to 5.")]
    [InlineData("\"3\"", "\"3\" is not a whole number from 1 to 5.")]
    [InlineData("null", "null is not a whole number from 1 to 5.")]
    [InlineData("true", "true is not a whole number from 1 to 5.")]
    [InlineData("[]", "An array is not a whole number from 1 to 5.")]
    public void A_number_must_be_whole_and_in_its_range(string value, string reason) =>
        Assert.Equal($"/n: {reason}", Judge($$"""{"n":{{value}}}""", root => Assert.False(root["n"].TryInteger(1, 5, absent: 1, out _))));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"toolong\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("7")]
    public void A_text_must_be_one_and_not_too_long(string value) =>
        Assert.StartsWith("/t: ", Judge($$"""{"t":{{value}}}""", root => Assert.False(root["t"].TryText(5, out _))), StringComparison.Ordinal);

    [Fact]
    public void A_choice_is_compared_exactly() =>
        Assert.Equal("/c: \"One\" is none of one, two.", Judge("""{"c":"One"}""", root => Assert.False(root["c"].TryChoice(Choices, out _))));

    [Fact]
    public void Keys_that_are_written_with_escapes_are_the_same_keys() => Assert.Equal(
        "/n/0: 7 is not a whole number from 1 to 5.|/n: The key stands here twice.|/\uFFFD: Unknown key; known here are n.",
        Judge("""{"\u006e":1,"n":[7],"\ud800":1}""", root =>
        {
            root["n"].Items(1)[0].TryInteger(1, 5, out _);
            Assert.True(root.IsObjectOf("n"));
        }));

    [Fact]
    public void Unknown_and_repeated_keys_are_refused_and_the_others_still_read() => Assert.Equal(
        "/x~1y~0: Unknown key; known here are n, t.|/n: The key stands here twice.",
        Judge("""{"x/y~":0,"n":1,"n":2}""", root =>
        {
            Assert.True(root.IsObjectOf("n", "t"));
            Assert.True(root["n"].TryInteger(1, 5, out int last));
            Assert.Equal(2, last);
        }));

    [Fact]
    public void Names_that_the_user_chose_are_checked() => Assert.Equal(
        """
        /A: The name is used twice; upper and lower case count as the same.
        /: A name has 1 to 64 of the characters A-Z a-z 0-9 _ and -.
        /a b: A name has 1 to 64 of the characters A-Z a-z 0-9 _ and -.
        : There are 2 entries; at most 1 are possible.
        """.ReplaceLineEndings("|"),
        Judge("""{"a":1,"A":2,"":3,"a b":4,"c":5}""", root => Assert.Equal(2, root.NamedEntries(maxCount: 1).Count)));

    [Fact]
    public void No_json_makes_a_reader_throw() =>
        Gen.Select(
            Gen.OneOf(
                Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                Gen.String.Select(text => JsonSerializer.Serialize(text)),
                Gen.Int[0, 4].Select(i => ((string[])["null", "[1]", "{\"\\ud800\":1}", "\"\\udfff\"", "-1e999"])[i])),
            Gen.Int[0, 2]).Sample((value, depth) =>
            {
                string document = depth == 0 ? value : depth == 1 ? $$"""{"n":{{value}}}""" : $$$"""{"n":{"n":{{{value}}}}}""";
                Judge(document, root =>
                {
                    root.IsObjectOf("n");
                    root.NamedEntries(1);
                    root["n"].TryInteger(0, 1, out _);
                    root["n"].TryText(1, out _);
                    root["n"].TryChoice(Choices, out _);
                    root["n"].NamedEntries(1);
                    root["n"]["n"].IsObjectOf("n");
                });
            });

    private static string Judge(string json, Action<DesiredReader> read)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        var faults = new DesiredFaults();
        read(DesiredReader.Root(document.RootElement, faults));
        return string.Join('|', faults.ToImmutable().Select(fault => $"{fault.Pointer}: {fault.Reason}"));
    }
}
