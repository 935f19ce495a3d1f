namespace Sallyport.SealedRing.Inspection;

/// <summary>What came of proving a ring with its key.</summary>
public abstract record RingVerification
{
    private RingVerification()
    {
    }

    /// <summary>The key opens it; what is in it was held against the key.</summary>
    /// <param name="Proof">What is proven, and what is not.</param>
    public sealed record Opened(RingProof Proof) : RingVerification;

    /// <summary>The key is not that of any slot, or does not answer.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record KeyRefused(string Reason) : RingVerification;

    /// <summary>The key opens a slot, and the static block was not written by somebody who had the ring's key.</summary>
    public sealed record StaticForged : RingVerification;

    /// <summary>It is no ring, or is not readable.</summary>
    /// <param name="Inspection">Why.</param>
    public sealed record NotOpened(RingInspection Inspection) : RingVerification;
}
