using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sallyport.Simulator.Faults;

/// <summary>Reads a clock that jumps: <c>+400d</c>, <c>-36h:8s</c>: how far, and for how long.</summary>
internal static class ClockFault
{
    private const double MostDays = 36_500;
    private static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(5);

    /// <summary>Reads what follows <c>clock-jump:</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Fault.ClockJump? jump)
    {
        jump = null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        TimeSpan length = DefaultLength;
        if (colon >= 0 && (!TimeText.TryParse(text[(colon + 1)..], out length) || length == TimeSpan.Zero))
        {
            return false;
        }

        string by = colon < 0 ? text : text[..colon];
        if (by.Length < 3 || by[0] is not ('+' or '-') || DaysOf(by[^1]) is not { } unit
            || !double.TryParse(by.AsSpan(1, by.Length - 2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            || number * unit is not (> 0 and <= MostDays))
        {
            return false;
        }

        jump = new Fault.ClockJump(TimeSpan.FromDays(number * unit * (by[0] is '-' ? -1 : 1)), length);
        return true;
    }

    private static double? DaysOf(char unit) => unit switch
    {
        'd' => 1,
        'h' => 1.0 / 24,
        'm' => 1.0 / 1440,
        's' => 1.0 / 86_400,
        _ => null,
    };
}
