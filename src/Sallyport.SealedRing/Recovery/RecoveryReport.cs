using System.Collections.Immutable;

namespace Sallyport.SealedRing.Recovery;

/// <summary>What was found when a ring was opened.</summary>
/// <param name="WasClean">Whether the last run had ended in order.</param>
/// <param name="Pages">Closed pages that are still there.</param>
/// <param name="Records">Records in them.</param>
/// <param name="AdoptedRecords">Records of pages that were still open, from the tail slots.</param>
/// <param name="BadPages">Pages that are not what the ring wrote: torn, rotten, swapped, or changed by somebody.</param>
/// <param name="UnreadableBlocks">Blocks that the disk would not give.</param>
/// <param name="Gaps">What is missing.</param>
public sealed record RecoveryReport(
    bool WasClean, int Pages, long Records, long AdoptedRecords, int BadPages, int UnreadableBlocks, ImmutableArray<Gap> Gaps);
