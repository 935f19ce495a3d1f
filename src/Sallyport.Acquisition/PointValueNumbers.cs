using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Comparing and replacing numbers of different kinds.</summary>
internal static class PointValueNumbers
{
    /// <summary>Whether two numbers are the same, the second one written by a person: 0.1 is the same as the binary32 that is nearest to it.</summary>
    public static bool IsSameNumberAs(this PointValue value, PointValue written) => value.Kind switch
    {
        PointValueKind.SinglePrecision => value.AsSingle() == (float)written.AsDouble(),
        PointValueKind.DoublePrecision => value.AsDouble() == written.AsDouble(),
        PointValueKind.SignedInteger => written.Kind is PointValueKind.SignedInteger && value.AsInt64() == written.AsInt64(),
        PointValueKind.UnsignedInteger => written.Kind switch
        {
            PointValueKind.UnsignedInteger => value.AsUInt64() == written.AsUInt64(),
            PointValueKind.SignedInteger => written.AsInt64() >= 0 && value.AsUInt64() == written.AsUInt64(),
            _ => false,
        },
        _ => false,
    };

    /// <summary>Another number, of the same kind if it can be.</summary>
    public static PointValue WithNumber(this PointValue value, double number) => value.Kind switch
    {
        PointValueKind.SinglePrecision => PointValue.FromSingle((float)number),
        PointValueKind.SignedInteger or PointValueKind.UnsignedInteger when IsExactInteger(number) => PointValue.FromInt64((long)number),
        _ => PointValue.FromDouble(number),
    };

    private static bool IsExactInteger(double number) => Math.Abs(number) <= PointValue.LargestJsonInteger && Math.Truncate(number) == number;
}
