using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>What a page of metrics shows of a fault: <c>WHO METRIC{labels} = NUMBER</c>, with <c>=</c> or <c>&gt;</c>, another metric in place of the number, or <c>WHO starts anew</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Who">Whose page.</param>
/// <param name="Left">What is compared; empty if it is whether it started anew.</param>
/// <param name="Operator"><c>=</c> or <c>&gt;</c>.</param>
/// <param name="Right">With what.</param>
internal sealed partial record FaultSign(string Text, string Who, string Left, string Operator, string Right)
{
    private const int MatchTimeout = 1000;

    public static FaultSign Parse(string text)
    {
        if (text.EndsWith(" starts anew", StringComparison.Ordinal))
        {
            return new FaultSign(text, text.Split(' ')[0], "", "", "");
        }

        Match match = Comparison().Match(text);
        Assert.True(match.Success, $"{text} is no sign.");
        return new FaultSign(text, match.Groups["who"].Value, match.Groups["left"].Value, match.Groups["operator"].Value, match.Groups["right"].Value);
    }

    /// <summary>Whether pages show it.</summary>
    /// <param name="before">The page of before the fault.</param>
    /// <param name="now">The page of now.</param>
    public bool IsShown(string before, string now)
    {
        if (Left.Length == 0)
        {
            return now.Length > 0 && !string.Equals(InstanceOf(before), InstanceOf(now), StringComparison.Ordinal);
        }

        double? left = Most(now, Left);
        var right = double.TryParse(Right, CultureInfo.InvariantCulture, out var number) ? number : Most(now, Right) ?? 0;
        return Operator is "=" ? left == right : left > right;
    }

    private static string InstanceOf(string page) => Instance().Match(page).Groups["instance"].Value;

    // The largest of all series that have these labels; null if there is none.
    private static double? Most(string page, string selector)
    {
        var name = selector.Split('{')[0];
        string[] labels = [.. Label().Matches(selector).Select(label => label.Value)];
        double[] values =
        [
            .. Sample().Matches(page)
                .Where(sample => string.Equals(sample.Groups["name"].Value, name, StringComparison.Ordinal)
                    && Array.TrueForAll(labels, label => sample.Groups["labels"].Value.Contains(label, StringComparison.Ordinal)))
                .Select(sample => double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture)),
        ];
        return values.Length == 0 ? null : values.Max();
    }

    [GeneratedRegex("""^(?<who>\w+) (?<left>\w+(\{[^}]*\})?) (?<operator>[=>]) (?<right>\w+(\{[^}]*\})?)$""", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Comparison();

    [GeneratedRegex("""^(?<name>\w+)(\{(?<labels>.*)\})? (?<value>\S+)\r?$""", RegexOptions.ExplicitCapture | RegexOptions.Multiline, MatchTimeout)]
    private static partial Regex Sample();

    [GeneratedRegex("""\w+="[^"]*""", RegexOptions.None, MatchTimeout)]
    private static partial Regex Label();

    [GeneratedRegex("""instance_number="(?<instance>[^"]*)""", RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex Instance();
}
