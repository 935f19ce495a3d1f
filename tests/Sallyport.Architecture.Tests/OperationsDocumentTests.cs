using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sallyport.Architecture.Tests;

/// <summary>The tables of docs/operations are made from the sources, so that they cannot lie.</summary>
/// <remarks>After a deliberate change run the tests once with <c>SALLYPORT_UPDATE_DOCS=1</c> and commit what it writes.</remarks>
public sealed partial class OperationsDocumentTests
{
    private const string Begin = "<!-- table: made from the sources -->";
    private const string End = "<!-- end of table -->";

    [Fact]
    public void Event_ids_are_unique()
    {
        IEnumerable<string> repeated = Events()
            .GroupBy(logged => logged.Id)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(logged => logged.File))}");
        Assert.Empty(repeated);
    }

    [Fact]
    public void The_table_of_events_matches_the_sources()
    {
        var table = new StringBuilder("| id | level | message | from |\n| --- | --- | --- | --- |\n");
        foreach (Logged logged in Events().OrderBy(logged => logged.Id))
        {
            table.Append(CultureInfo.InvariantCulture, $"| {logged.Id} | {logged.Level} | {Cell(logged.Message)} | {logged.Owner} |\n");
        }

        Compare("docs/operations/events.md", table.ToString());
    }

    [Fact]
    public void The_table_of_metrics_matches_the_sources()
    {
        var table = new StringBuilder("| instrument | kind | unit | what it counts | from |\n| --- | --- | --- | --- | --- |\n");
        foreach (Instrument instrument in Instruments().OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{instrument.Name}` | {instrument.Kind} | {instrument.Unit} | {Cell(instrument.Description)} | {instrument.Owner} |\n");
        }

        Compare("docs/operations/metrics.md", table.ToString());
    }

    [Fact]
    public void Every_instrument_says_its_unit_and_what_it_counts() =>
        Assert.All(Instruments(), instrument => Assert.True(instrument is { Unit: not "", Description: not "" }, instrument.Name));

    [Fact]
    public void Metric_names_follow_the_pattern_that_alerts_rely_on() =>
        Assert.All(Instruments(), instrument => Assert.Matches("^sallyport(\\.[a-z0-9_]+)+$", instrument.Name));

    private static void Compare(string document, string expected)
    {
        string path = Path.Combine(Repository.Root, document);
        string text = File.ReadAllText(path);
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length + 1;
        int to = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SALLYPORT_UPDATE_DOCS") is "1")
        {
            File.WriteAllText(path, text[..from] + expected + text[to..]);
            return;
        }

        Assert.Equal(expected, text[from..to]);
    }

    private static IEnumerable<Logged> Events() =>
        from path in Repository.ProductSources
        from Match match in LoggerMessage.Matches(File.ReadAllText(path))
        select new Logged(
            int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture),
            match.Groups["level"].Value,
            Joined(match.Groups["message"].Value),
            Owner(path),
            Repository.Relative(path));

    private static IEnumerable<Instrument> Instruments() =>
        from path in Repository.ProductSources
        where !Repository.Relative(path).StartsWith("tools/", StringComparison.Ordinal)
        from Match match in CreateInstrument.Matches(File.ReadAllText(path))
        let texts = Literal.Matches(match.Groups["rest"].Value).Select(text => Joined(text.Groups["value"].Value)).ToArray()
        select new Instrument(
            match.Groups["name"].Value, match.Groups["kind"].Value, texts.ElementAtOrDefault(0) ?? "", texts.ElementAtOrDefault(1) ?? "", Owner(path));

    private static string Owner(string path) => Repository.Relative(path).Split('/')[1];

    // A long literal is written as "one " + "two".
    private static string Joined(string literal) => Concatenation.Replace(literal, "");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("""\[LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+),\s*(Level\s*=\s*)?LogLevel\.(?<level>\w+),\s*(Message\s*=\s*)?"(?<message>([^"\\]|\\.|"\s*\+\s*")*)"\s*[,)]""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex LoggerMessage { get; }

    [GeneratedRegex("""\.Create(?<kind>Counter|UpDownCounter|Histogram|Gauge|ObservableGauge|ObservableCounter|ObservableUpDownCounter)(<\w+>)?\(\s*"(?<name>[^"]+)"(?<rest>([^;"]|"[^"]*")*);""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex CreateInstrument { get; }

    // After its name an instrument has two texts: the unit and the description.
    [GeneratedRegex(""""
        "(?<value>([^"]|"\s*\+\s*")*)"
        """", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal { get; }

    [GeneratedRegex("""
        "\s*\+\s*"
        """, RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Concatenation { get; }

    private sealed record Logged(int Id, string Level, string Message, string Owner, string File);

    private sealed record Instrument(string Name, string Kind, string Unit, string Description, string Owner);
}
