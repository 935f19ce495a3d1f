using System.Globalization;
using System.Text.Json;

namespace Sallyport.Hosting.Configuration;

/// <summary>Reads amounts: a number that is not negative, or a text such as <c>2%</c>.</summary>
public static class DesiredAmount
{
    private const double LargestPercentage = 100;

    /// <summary>Allows an amount; if nothing stands here, it is not changed.</summary>
    /// <param name="entry">The place.</param>
    /// <param name="amount">The number in front of the sign, if there is one.</param>
    /// <param name="isPercent">Whether it is a percentage.</param>
    /// <returns>False if what stands here is no amount; it is then refused.</returns>
    public static bool TryAmount(this DesiredReader entry, ref double amount, ref bool isPercent)
    {
        if (!entry.Exists)
        {
            return true;
        }

        if (TryRead(entry.Element, out double read, out bool isPercentage))
        {
            (amount, isPercent) = (read, isPercentage);
            return true;
        }

        entry.Refuse("An amount is a number that is not negative, such as 0.5, or a text of 0 to 100 with a percent sign, such as \"2%\".");
        return false;
    }

    private static bool TryRead(JsonElement element, out double amount, out bool isPercent)
    {
        (amount, isPercent) = (0, false);
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return element.TryGetDouble(out amount) && double.IsFinite(amount) && amount >= 0;
            case JsonValueKind.String when DesiredName.TryDecode(element, out string? text) && text.EndsWith('%'):
                isPercent = true;
                return double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount)
                    && amount <= LargestPercentage;
            default:
                return false;
        }
    }
}
