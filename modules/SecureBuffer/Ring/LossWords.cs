using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The words for losses in metrics and in the answer of <c>getStatus</c>: those of gap records, and one more.</summary>
internal static class LossWords
{
    /// <summary>The process ended first.</summary>
    public const string Stopped = "stopped";

    public static string For(GapReason reason) => reason switch
    {
        GapReason.Evicted => "evicted",
        GapReason.Unconfirmed => "unconfirmed",
        GapReason.Oversize => "oversize",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a loss of a ring."),
    };
}
