using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Scale and offset as the person wrote them, for whole numbers: 612 × 0.1 − 40 is 21.2, where doubles give 21.200000000000003.</summary>
/// <param name="Scale">The factor.</param>
/// <param name="Offset">What is added.</param>
internal readonly record struct DecimalLine(decimal Scale, decimal Offset)
{
    // 2^53 times this, and this added, is far from where decimals end.
    private const double Largest = 1e9;
    private const double Smallest = 1e-12;

    /// <summary>Null if a decimal cannot say one of the two exactly.</summary>
    public static DecimalLine? From(double scale, double offset) =>
        ExactlyOrNull(scale) is { } exactScale && ExactlyOrNull(offset) is { } exactOffset ? new DecimalLine(exactScale, exactOffset) : null;

    /// <summary>The double that is nearest to the result. False for anything but a whole number that doubles have too.</summary>
    public bool TryApply(PointValue value, out double result)
    {
        bool isSmall = value.Kind is PointValueKind.SignedInteger
            && value.AsInt64() is >= -PointValue.LargestJsonInteger and <= PointValue.LargestJsonInteger;
        // Adding 0 makes the zero that a negative scale gives the usual one.
        result = isSmall ? (double)((value.AsInt64() * Scale) + Offset) + 0.0 : 0;
        return isSmall;
    }

    private static decimal? ExactlyOrNull(double number) =>
        (number is 0 || (Math.Abs(number) >= Smallest && Math.Abs(number) <= Largest)) && (double)(decimal)number == number ? (decimal)number : null;
}
