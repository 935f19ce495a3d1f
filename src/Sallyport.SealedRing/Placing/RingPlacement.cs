using Sallyport.SealedRing.Destruction;

namespace Sallyport.SealedRing.Placing;

/// <summary>What came of opening a ring in its place.</summary>
public abstract record RingPlacement
{
    private RingPlacement()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="Opening">The ring and its device, both owned by the caller.</param>
    /// <param name="Medium">What it lies on.</param>
    /// <param name="Path">Of the file or the partition; empty in memory.</param>
    /// <param name="Bytes">Size of the device.</param>
    /// <param name="Advice">What an administrator should do; null if everything is as it was configured.</param>
    public sealed record Opened(RingOpening.Opened Opening, RingMedium Medium, string Path, long Bytes, string? Advice) : RingPlacement;

    /// <summary>Whoever holds the key does not answer. Nothing was changed; ask again later.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record KeyUnavailable(string Reason) : RingPlacement;

    /// <summary>There was a wipe to finish, and it is done: the file is gone. Opened again, the place gets a new ring.</summary>
    /// <param name="Report">For the record.</param>
    public sealed record Wiped(WipeReport Report) : RingPlacement;

    /// <summary>There is a wipe to finish, and the disk said no again.</summary>
    /// <param name="Outcome">How far it came.</param>
    /// <param name="Advice">What an administrator should do.</param>
    public sealed record WipeInterrupted(WipeOutcome.Interrupted Outcome, string Advice) : RingPlacement;

    /// <summary>Another process has it.</summary>
    /// <param name="Advice">What an administrator should do.</param>
    public sealed record InUse(string Advice) : RingPlacement;

    /// <summary>There can be no ring in this place.</summary>
    /// <param name="Advice">What an administrator should do.</param>
    public sealed record Unusable(string Advice) : RingPlacement;
}
