using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Hosting.Tests;

/// <summary>Reads a page of metrics as strictly as the Azure IoT Edge metrics collector 2.0 does: an infinite value is refused,
/// a label that stands twice in a line makes it give up the page.</summary>
internal static partial class CollectorGrammar
{
    /// <summary>Samples by name and labels, in the order of the page. Throws at the first line that the collector would refuse.</summary>
    public static IReadOnlyList<CollectedSample> Read(string page)
    {
        var samples = new List<CollectedSample>();
        foreach (string line in page.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            Match match = Line().Match(line);
            Assert.True(match.Success, line);
            samples.Add(new CollectedSample(
                match.Groups["name"].Value,
                match.Groups["label"].Captures.Zip(match.Groups["text"].Captures)
                    .ToDictionary(pair => pair.First.Value, pair => Unescape(pair.Second.Value), StringComparer.Ordinal),
                double.Parse(match.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture)));
        }

        return samples;
    }

    private static string Unescape(string text) => Escape().Replace(text, match => match.Value is @"\n" ? "\n" : match.Value[1..]);

    [GeneratedRegex(
        """
        ^(?<name>[a-zA-Z_:][a-zA-Z_0-9:]*)[ \t]*(\{[ \t]*((?<label>[a-zA-Z_][a-zA-Z_0-9]*)[ \t]*=[ \t]*"(?<text>([^\\"]|\\"|\\\\|\\n)*)"[ \t]*(,[ \t]*|(?=\})))*\}[ \t]*)?(?<value>[\d\.eE+-]+|NaN)([ \t]+\d+)?$
        """,
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();

    [GeneratedRegex("""\\[n\\"]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
