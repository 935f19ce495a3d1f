using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>The figures of a lane at one moment.</summary>
/// <param name="Name"><c>bulk</c> or <c>alerts</c>.</param>
/// <param name="Identity">Of its ring.</param>
/// <param name="NextSeq">The number that the next record gets.</param>
/// <param name="Depth">Records that are not confirmed.</param>
/// <param name="Bytes">Of them.</param>
/// <param name="CapacityInBytes">Where eviction begins.</param>
/// <param name="UnsentPages">Sealed, not handed over.</param>
/// <param name="PagesInFlight">Handed over, not confirmed.</param>
/// <param name="OldestAge">How long the oldest record has been waiting.</param>
/// <param name="Lost">Records lost since the start, by reason.</param>
internal sealed record LaneStatus(
    string Name,
    RingIdentity Identity,
    long NextSeq,
    long Depth,
    long Bytes,
    long CapacityInBytes,
    int UnsentPages,
    int PagesInFlight,
    TimeSpan OldestAge,
    ImmutableArray<(GapReason Reason, long Records)> Lost);
