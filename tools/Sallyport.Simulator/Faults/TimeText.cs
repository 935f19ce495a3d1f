using System.Globalization;

namespace Sallyport.Simulator.Faults;

/// <summary>Times as people write them: <c>5s</c>, <c>200ms</c>, or a bare number of seconds.</summary>
internal static class TimeText
{
    private const double MostSeconds = 86_400;

    /// <summary>Reads a time from 0 to one day.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        var isMilliseconds = text.EndsWith("ms", StringComparison.Ordinal);
        var digits = isMilliseconds ? text[..^2] : text.EndsWith('s') ? text[..^1] : text;
        var isNumber = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        var seconds = isMilliseconds ? number / 1000 : number;
        var isTime = isNumber && seconds <= MostSeconds;
        time = isTime ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return isTime;
    }
}
