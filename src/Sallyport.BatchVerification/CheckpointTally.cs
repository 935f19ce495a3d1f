namespace Sallyport.BatchVerification;

/// <summary>The checkpoints of a ring.</summary>
/// <param name="Good">Batches that the device signed.</param>
/// <param name="Bad">Batches with a checkpoint that the device did not sign.</param>
/// <param name="Page">The highest page with a good one; 0 for none. It and all before it are the device's, whoever has the root of the chain.</param>
/// <param name="LastRecord">Number of its last record; -1 for none.</param>
/// <param name="SignedWallMs">When it was signed, as the gateway said; milliseconds since 1970.</param>
public sealed record CheckpointTally(long Good, long Bad, long Page, long LastRecord, long SignedWallMs)
{
    internal static CheckpointTally None { get; } = new(0, 0, 0, -1, 0);

    internal CheckpointTally With(CheckpointVerdict verdict, SealedBatch batch, long signedWallMs) => verdict switch
    {
        CheckpointVerdict.Good when batch.Page > Page => new(Good + 1, Bad, batch.Page, batch.Records.Last, signedWallMs),
        CheckpointVerdict.Good => this with { Good = Good + 1 },
        CheckpointVerdict.Bad => this with { Bad = Bad + 1 },
        _ => this,
    };
}
