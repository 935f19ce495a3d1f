using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.BatchVerification;

/// <summary>What a batch is. All but <see cref="Forged"/> have a good seal.</summary>
public abstract record BatchVerdict
{
    private BatchVerdict()
    {
    }

    /// <summary>What its checkpoint is worth.</summary>
    public CheckpointVerdict Checkpoint { get; init; }

    /// <summary>The next one.</summary>
    /// <param name="Batch">To be used.</param>
    public sealed record Ok(SealedBatch Batch) : BatchVerdict;

    /// <summary>It was there before; or it is a recovered page whose records were all there before. Nothing is to be done.</summary>
    /// <param name="Batch">Not to be used.</param>
    public sealed record Duplicate(SealedBatch Batch) : BatchVerdict;

    /// <summary>Something is missing before it. It may still come, or a gap record may still tell of it.</summary>
    /// <param name="Batch">To be used.</param>
    /// <param name="Pages">Missing pages of its epoch; null if none.</param>
    /// <param name="Records">Missing numbers of records; null if none.</param>
    /// <param name="Reasons">Gap records that already speak of all of the missing numbers; empty if nothing explains them yet.</param>
    public sealed record Gap(SealedBatch Batch, NumberRange? Pages, NumberRange? Records, ImmutableArray<GapReason> Reasons) : BatchVerdict;

    /// <summary>It came later than a page after it, and was missing until now.</summary>
    /// <param name="Batch">To be used.</param>
    public sealed record Reordered(SealedBatch Batch) : BatchVerdict;

    /// <summary>It is not what a ring sealed. It leaves no trace in what is known of any ring.</summary>
    /// <param name="Sign">By what one sees it.</param>
    /// <param name="Reason">For people.</param>
    public sealed record Forged(ForgerySign Sign, string Reason) : BatchVerdict;

    /// <summary>Its seal is good and it contradicts what the same ring sealed before: a rollback or a clone. It leaves no trace in what is known of the ring.</summary>
    /// <param name="Batch">For an examination.</param>
    /// <param name="Sign">By what one sees it.</param>
    public sealed record Fork(SealedBatch Batch, ForkSign Sign) : BatchVerdict;
}
