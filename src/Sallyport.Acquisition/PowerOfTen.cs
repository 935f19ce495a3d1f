namespace Sallyport.Acquisition;

/// <summary>Multiplies by powers of ten that a double has exactly, so that the result is the nearest there is.</summary>
internal static class PowerOfTen
{
    private static readonly double[] Powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>False if the power is not from -22 to 22: then it is no scale that anyone meant.</summary>
    public static bool TryScale(double number, long power, out double scaled)
    {
        bool isKnown = power > -Powers.Length && power < Powers.Length;
        scaled = !isKnown ? 0 : power < 0 ? number / Powers[-power] : number * Powers[power];
        return isKnown;
    }
}
