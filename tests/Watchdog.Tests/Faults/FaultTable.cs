using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.TestKit;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>The table of faults in the module's README: what it promises is what the tests demand.</summary>
internal static partial class FaultTable
{
    private const string Header = "| fault | pages show |";
    private const int Columns = 10;
    private const int MatchTimeout = 1000;

    public static ImmutableArray<FaultRow> Rows { get; } =
    [
        .. File.ReadLines(RepositoryRoot.Combine("modules/Watchdog/README.md"))
            .SkipWhile(line => !line.StartsWith(Header, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|')).Select(Read),
    ];

    public static FaultRow Find(string fault, int times) => Rows.Single(row => string.Equals(row.Fault, fault, StringComparison.Ordinal) && row.Times == times);

    private static FaultRow Read(string line)
    {
        string[] cells = [.. line.Trim('|', ' ').Split(" | ").Select(cell => cell.Trim())];
        Assert.True(cells.Length == Columns, line);
        return new FaultRow(
            Words(cells[0])[0],
            Repeated().Match(cells[0]) is { Success: true } times ? int.Parse(times.Groups["times"].Value, CultureInfo.InvariantCulture) : 1,
            [.. Words(cells[1]).Select(FaultSign.Parse)],
            cells[2],
            [.. Alarm().Matches(cells[3]).Select(alarm => (alarm.Groups["severity"].Value, alarm.Groups["id"].Value))],
            cells[4],
            Words(cells[5]),
            Numbers(cells[6]),
            Seconds(cells[7]),
            Numbers(cells[8]),
            Seconds(cells[9]));
    }

    private static ImmutableArray<string> Words(string cell) => [.. Quoted().Matches(cell).Select(word => word.Groups["word"].Value)];

    private static ImmutableArray<int> Numbers(string cell) =>
        cell is "-" ? [] : [.. cell.Split(", ").Select(number => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];

    private static TimeSpan Seconds(string cell) => cell is "-" ? TimeSpan.Zero : TimeSpan.FromSeconds(int.Parse(cell.Replace(" s", "", StringComparison.Ordinal), CultureInfo.InvariantCulture));

    [GeneratedRegex("`(?<word>[^`]+)`", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Quoted();

    [GeneratedRegex("` (?<times>[0-9]+) times$", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Repeated();

    [GeneratedRegex("(?<severity>[A-Z][a-z]+) `(?<id>[^`]+)`", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Alarm();
}
