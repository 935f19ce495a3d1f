using System.Collections.Immutable;
using Sallyport.SealedRing;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The figures of a lane at one moment.</summary>
/// <param name="Name"><c>bulk</c> or <c>alerts</c>.</param>
/// <param name="Identity">Of its ring; null while it is not open.</param>
/// <param name="Storage">What the records rest on.</param>
/// <param name="NextSeq">The number that the next record gets.</param>
/// <param name="Depth">Records that are not confirmed.</param>
/// <param name="Undurable">Records of them that a power cut would take now.</param>
/// <param name="Bytes">Bytes of the ring that hold records, encrypted; and of memory that wait for a commit.</param>
/// <param name="CapacityInBytes">Where eviction begins.</param>
/// <param name="UnsentPages">Closed, not handed over.</param>
/// <param name="PagesInFlight">Handed over, not confirmed.</param>
/// <param name="OldestAge">How long the oldest record has been waiting.</param>
/// <param name="Lost">Records lost since the start, by reason.</param>
internal sealed record LaneStatus(
    string Name,
    RingIdentity? Identity,
    StorageState Storage,
    long NextSeq,
    long Depth,
    long Undurable,
    long Bytes,
    long CapacityInBytes,
    int UnsentPages,
    int PagesInFlight,
    TimeSpan OldestAge,
    ImmutableArray<(LossReason Reason, long Records)> Lost);
