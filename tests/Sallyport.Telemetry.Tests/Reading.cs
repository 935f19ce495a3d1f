using System.Globalization;

namespace Sallyport.Telemetry.Tests;

/// <summary>What a reader of JSON makes of a value: kinds that JSON does not tell apart fall together.</summary>
internal static class Reading
{
    public static Point AsRead(Point point) => point.Value is { } value
        ? Point.Good(point.Name, AsRead(value), point.Offset)
        : Point.Bad(
            point.Name, point.Status, point.Reason!, point.LastValue is { } last ? AsRead(last) : null, point.LastAt, point.Offset);

    /// <summary>All numbers as the double that their text means; integers beyond 2^53 as text.</summary>
    public static PointValue AsRead(PointValue value) => value.Kind switch
    {
        PointValueKind.SignedInteger when !IsJsonNumber(value.AsInt64()) => PointValue.FromText(value.ToString()),
        PointValueKind.UnsignedInteger when !IsJsonNumber(value.AsUInt64()) => PointValue.FromText(value.ToString()),
        PointValueKind.Flag or PointValueKind.Text => value,
        _ => PointValue.FromDouble(double.Parse(value.ToString(), CultureInfo.InvariantCulture) + 0.0),
    };

    private static bool IsJsonNumber(decimal integer) => Math.Abs(integer) <= PointValue.LargestJsonInteger;
}
