namespace Sallyport.SecureBuffer.Delivery;

/// <summary>How long to wait before asking again: doubling, bounded. Pure.</summary>
internal static class Pauses
{
    /// <summary>While there is no connection.</summary>
    public static readonly TimeSpan Connection = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstResend = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestResend = TimeSpan.FromSeconds(60);

    /// <summary>Before looking at edgeHub's metrics again.</summary>
    /// <param name="looks">How often was looked before, in a row; 0 at first.</param>
    public static TimeSpan Look(int looks) => Doubled(FirstLook, LongestLook, looks);

    /// <summary>Before sending a lost window again.</summary>
    /// <param name="losses">How many windows were lost in a row; at least 1.</param>
    public static TimeSpan Resend(int losses) => Doubled(FirstResend, LongestResend, losses - 1);

    private static TimeSpan Doubled(TimeSpan first, TimeSpan longest, int times)
    {
        const int EnoughForAnyone = 16;
        TimeSpan doubled = first * (1 << Math.Min(times, EnoughForAnyone));
        return doubled < longest ? doubled : longest;
    }
}
