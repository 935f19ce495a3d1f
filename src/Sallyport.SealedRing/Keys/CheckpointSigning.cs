using System.Collections.Immutable;

namespace Sallyport.SealedRing.Keys;

/// <summary>What came of signing a checkpoint.</summary>
public abstract record CheckpointSigning
{
    private CheckpointSigning()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Signature">r and s; 64 bytes.</param>
    public sealed record Signed(ImmutableArray<byte> Signature) : CheckpointSigning;

    /// <summary>Not now: the token or the TPM does not answer, or is busy.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record Unavailable(string Reason) : CheckpointSigning;
}
