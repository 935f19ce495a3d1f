using System.Collections.Immutable;

namespace Sallyport.SealedRing;

/// <summary>What every page says about the ring at the time when it is written.</summary>
/// <param name="OldestPage">The oldest page that is neither confirmed nor evicted.</param>
/// <param name="OldestSeq">Its first sequence number.</param>
/// <param name="PreviousPage">The page before it on the device; 0 for none.</param>
/// <param name="Pending">Losses that no gap record speaks of yet.</param>
/// <param name="PendingUncounted">How many records of them were never counted.</param>
/// <param name="Told">Losses that gap records tell of whose delivery is not proven.</param>
internal readonly record struct RingContext(
    long OldestPage, long OldestSeq, long PreviousPage, ImmutableArray<Gap> Pending, long PendingUncounted, ImmutableArray<Gap> Told);
