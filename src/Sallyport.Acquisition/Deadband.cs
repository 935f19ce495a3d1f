using System.Runtime.InteropServices;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>How far a number may move from what was last reported without being reported again. The default reports every change.</summary>
/// <param name="Amount">In the unit of the value, or in percent of the magnitude that was last reported. Not negative.</param>
/// <param name="IsPercent">Whether the amount is in percent.</param>
/// <remarks>A percentage is of the value itself, not of a range: around zero every change counts. Has no effect on booleans and texts.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Deadband(double Amount, bool IsPercent = false)
{
    private const double Percent = 100;

    /// <summary>Whether the step from one value to another is too small to be reported. The limit itself is too small.</summary>
    public bool Hides(PointValue reported, PointValue now)
    {
        if (reported == now)
        {
            return true;
        }

        return Amount > 0 && IsNumber(reported) && IsNumber(now) && Distance(reported, now) <= Limit(reported);
    }

    private double Limit(PointValue reported) => IsPercent ? Math.Abs(reported.AsDouble()) * (Amount / Percent) : Amount;

    // Beyond 2^53 the difference of two integers is exact only as integers.
    private static double Distance(PointValue from, PointValue to) => IsInteger(from) && IsInteger(to)
        ? (double)Int128.Abs(Exact(to) - Exact(from))
        : Math.Abs(to.AsDouble() - from.AsDouble());

    private static Int128 Exact(PointValue value) =>
        value.Kind is PointValueKind.UnsignedInteger ? value.AsUInt64() : value.AsInt64();

    private static bool IsInteger(PointValue value) => value.Kind is PointValueKind.SignedInteger or PointValueKind.UnsignedInteger;

    private static bool IsNumber(PointValue value) =>
        IsInteger(value) || value.Kind is PointValueKind.SinglePrecision or PointValueKind.DoublePrecision;
}
