using Sallyport.SealedRing.Format;

namespace Sallyport.BatchVerification;

/// <summary>How often a ring's batches were what.</summary>
internal sealed class StreamTally
{
    public long Batches { get; set; }

    public long Records { get; set; }

    public long Duplicates { get; set; }

    public long Reordered { get; set; }

    public long Forks { get; set; }

    /// <summary>Batches that say that the wall clock was set.</summary>
    public long ClockSteps { get; set; }

    public CheckpointTally Checkpoints { get; set; } = CheckpointTally.None;

    /// <summary>The highest number of lost records that a page spoke of.</summary>
    public long LostTold { get; set; }

    public void Count(BatchVerdict verdict, SealedBatch batch)
    {
        Duplicates += verdict is BatchVerdict.Duplicate ? 1 : 0;
        Reordered += verdict is BatchVerdict.Reordered ? 1 : 0;
        Batches += verdict is BatchVerdict.Duplicate ? 0 : 1;
        Records += verdict is BatchVerdict.Duplicate ? 0 : batch.Fields.Count;
        ClockSteps += verdict is not BatchVerdict.Duplicate && batch.Fields.Flags.HasFlag(PageTraits.ClockStepped) ? 1 : 0;
        LostTold = Math.Max(LostTold, batch.Fields.Lost);
    }
}
