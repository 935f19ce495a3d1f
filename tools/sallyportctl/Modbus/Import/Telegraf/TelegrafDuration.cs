using System.Globalization;
using System.Text.RegularExpressions;

namespace Sallyport.Ctl.Modbus.Import.Telegraf;

/// <summary>Durations such as <c>10s</c>, <c>250ms</c> and <c>1m30s</c>; a number alone is seconds.</summary>
internal static partial class TelegrafDuration
{
    private static readonly Dictionary<string, double> Milliseconds = new(StringComparer.Ordinal)
    {
        ["us"] = 0.001,
        ["ms"] = 1,
        ["s"] = 1000,
        ["m"] = 60_000,
        ["h"] = 3_600_000,
    };

    /// <summary>The duration in milliseconds; null if the text is none.</summary>
    public static int? Parse(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds))
        {
            return (int)(seconds * 1000);
        }

        Match match = Duration.Match(text);
        return match.Success
            ? (int)match.Groups["part"].Captures.Zip(match.Groups["unit"].Captures)
                .Sum(part => double.Parse(part.First.ValueSpan, CultureInfo.InvariantCulture) * Milliseconds[part.Second.Value])
            : null;
    }

    [GeneratedRegex(@"^((?<part>\d+(\.\d+)?)(?<unit>us|ms|s|m|h))+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration { get; }
}
