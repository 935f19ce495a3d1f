namespace Sallyport.BatchVerification;

/// <summary>What the owner of a verifier decides.</summary>
public sealed record VerifierOptions
{
    /// <summary>True if what is judged begins somewhere in the life of the ring: then the first batch is the beginning. Otherwise record 0 is, and what is missing from there on is told.</summary>
    public bool IsExcerpt { get; init; }

    /// <summary>The public half of the device's key for checkpoints (P-256); owned by the caller. Without it checkpoints are not checked.</summary>
    public System.Security.Cryptography.ECDsa? CheckpointKey { get; init; }

    /// <summary>
    /// How many keys may be derived for one batch. A ring that lost more pages than that in one go needs a higher number: its next batch is refused as
    /// <see cref="ForgerySign.TooFar"/>.
    /// </summary>
    public long MostSteps { get; init; } = 65_536;
}
