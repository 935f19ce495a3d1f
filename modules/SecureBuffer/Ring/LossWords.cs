using System.Collections.Immutable;
using Sallyport.SealedRing;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The words for losses in metrics and in the answer of <c>getStatus</c>: those of gap records, and one more.</summary>
internal static class LossWords
{
    /// <summary>The process ended before a ring in memory was empty.</summary>
    public const string Stopped = "stopped";

    /// <summary>Why a ring may lose records.</summary>
    public static ImmutableArray<LossReason> Reasons { get; } =
    [
        LossReason.Evicted, LossReason.Unconfirmed, LossReason.Oversize, LossReason.Unreadable, LossReason.Unclean, LossReason.KeyLost,
    ];

    public static string For(LossReason reason) => reason switch
    {
        LossReason.Evicted => "evicted",
        LossReason.Unconfirmed => "unconfirmed",
        LossReason.Oversize => "oversize",
        LossReason.Unreadable => "unreadable",
        LossReason.Unclean => "unclean",
        LossReason.KeyLost => "key-lost",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a loss of a ring."),
    };
}
