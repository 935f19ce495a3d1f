using System.Globalization;
using Sallyport.Hosting.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Configuration;

/// <summary>What values a type can have, as far as the configuration of a point depends on it.</summary>
/// <param name="Type">The word of the type.</param>
/// <param name="IsNumber">Whether it can be computed with: truth values and texts cannot.</param>
/// <param name="Range">The whole numbers it can bring, 0 and 1 for truth values; null if it is no whole number.</param>
public sealed record ValueShape(string Type, bool IsNumber, (Int128 Min, Int128 Max)? Range)
{
    /// <summary>Whether the type can bring this number; refuses it if not: it would never be met.</summary>
    /// <param name="entry">Where the number stands.</param>
    /// <param name="value">A number.</param>
    public bool Holds(DesiredReader entry, PointValue value)
    {
        if (Range is not { } range)
        {
            return true;
        }

        Int128? number = value.Kind switch
        {
            PointValueKind.SignedInteger => value.AsInt64(),
            PointValueKind.UnsignedInteger => value.AsUInt64(),
            _ => null,
        };
        if (number is null || number < range.Min || number > range.Max)
        {
            entry.Refuse(string.Create(
                CultureInfo.InvariantCulture, $"{value} never comes from the type {Type}, which has whole numbers from {range.Min} to {range.Max}."));
            return false;
        }

        return true;
    }
}
