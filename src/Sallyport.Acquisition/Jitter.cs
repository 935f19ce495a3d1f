using System.Security.Cryptography;

namespace Sallyport.Acquisition;

/// <summary>The source of randomness that spreads retries in production; tests give their own.</summary>
public static class Jitter
{
    private const int Steps = 1 << 30;

    /// <summary>A number from 0 up to, but not including, 1. Safe from any thread.</summary>
    public static double Next() => RandomNumberGenerator.GetInt32(Steps) / (double)Steps;
}
