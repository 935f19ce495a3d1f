using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Keys;
using Sallyport.SealedRing.Recovery;

namespace Sallyport.SealedRing;

/// <summary>What came of opening a ring.</summary>
public abstract record RingOpening
{
    private RingOpening()
    {
    }

    /// <summary>It runs.</summary>
    /// <param name="Ring">Owned by the caller.</param>
    /// <param name="Device">Owned by the caller, who disposes it after the ring.</param>
    /// <param name="Origin">Where it came from.</param>
    /// <param name="Report">What was found.</param>
    /// <param name="Slots">How its key is wrapped.</param>
    /// <param name="Fault">Why the first commit failed; null if it is durable. The ring works in memory until a commit succeeds.</param>
    public sealed record Opened(PageRing Ring, IBlockDevice Device, RingOrigin Origin, RecoveryReport Report, KeySlotReport Slots, DeviceFault? Fault)
        : RingOpening
    {
        /// <summary>What was there before, if its key is lost; otherwise null.</summary>
        public OrphanReport? Orphan { get; init; }
    }

    /// <summary>Whoever holds the key does not answer. Nothing was changed; ask again later.</summary>
    /// <param name="Reason">For people.</param>
    public sealed record KeyUnavailable(string Reason) : RingOpening;

    /// <summary>The ring is being wiped, and a wipe that began is finished, not opened.</summary>
    public sealed record Wiping : RingOpening;

    /// <summary>There is no place for it: the disk or the file system said no.</summary>
    /// <param name="Fault">What it said.</param>
    public sealed record Failed(DeviceFault Fault) : RingOpening;
}
