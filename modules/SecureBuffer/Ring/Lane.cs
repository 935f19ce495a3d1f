using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>A ring that several threads use, and the messages that its pages become. One lock, held for moments only.</summary>
internal sealed class Lane(string name, RingIdentity identity, string moduleId, MemoryRing ring)
{
    // A page that was handed over within this time after it was due did not wait for the uplink.
    private static readonly TimeSpan ReplayGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    public string Name => name;

    public RingIdentity Identity => identity;

    public long Append(RingRecord record, Moment now)
    {
        lock (_lock)
        {
            return ring.Append(record, now);
        }
    }

    /// <summary>Seals what is open. Whether there was anything.</summary>
    public bool Seal(Moment now)
    {
        lock (_lock)
        {
            return ring.Seal(now);
        }
    }

    /// <summary>Seals the open page if it is as old as <paramref name="maxLatency"/> and no full page goes before it.</summary>
    public void SealIfDue(TimeSpan maxLatency, Moment now)
    {
        lock (_lock)
        {
            if (ring.UnsentPages == 0 && ring.OpenedAt is { } opened && now.Elapsed - opened.Elapsed >= maxLatency)
            {
                ring.Seal(now);
            }
        }
    }

    /// <summary>How long until there is something to hand over: zero for now, null if nothing is waiting.</summary>
    public TimeSpan? UntilDue(TimeSpan maxLatency, Moment now)
    {
        lock (_lock)
        {
            if (ring.UnsentPages > 0 || ring.HasPendingGap)
            {
                return TimeSpan.Zero;
            }

            if (ring.OpenedAt is not { } opened)
            {
                return null;
            }

            TimeSpan left = opened.Elapsed + maxLatency - now.Elapsed;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Hands out the oldest page with its message. Null if no page is sealed.</summary>
    public Page? Take(TimeSpan maxLatency, Moment now)
    {
        lock (_lock)
        {
            Page? page = ring.Take(now);
            if (page is { Message: null })
            {
                var isReplay = now.Elapsed - page.OpenedAt.Elapsed > maxLatency + ReplayGrace;
                page.Message = PageMessage.Of(page, identity, moduleId, isReplay);
            }

            return page;
        }
    }

    public int Confirm(ImmutableArray<Page> pages)
    {
        lock (_lock)
        {
            return ring.Confirm(pages);
        }
    }

    public ImmutableArray<Page> Return(ImmutableArray<Page> pages)
    {
        lock (_lock)
        {
            return ring.Return(pages);
        }
    }

    public void Discard(Page page)
    {
        lock (_lock)
        {
            ring.Discard(page);
        }
    }

    public void Resize(RingLimits limits, Moment now)
    {
        lock (_lock)
        {
            ring.Resize(limits, now);
        }
    }

    /// <summary>All figures at one moment.</summary>
    public LaneStatus Status(Moment now)
    {
        lock (_lock)
        {
            return new LaneStatus(
                name,
                identity,
                ring.NextSeq,
                ring.Depth,
                ring.Bytes,
                ring.CapacityInBytes,
                ring.UnsentPages,
                ring.PagesInFlight,
                ring.OldestAt is { } oldest ? now.Elapsed - oldest.Elapsed : TimeSpan.Zero,
                [.. Reasons.Select(reason => (reason, ring.Lost(reason)))]);
        }
    }

    /// <summary>Why a ring may lose records.</summary>
    public static ImmutableArray<GapReason> Reasons { get; } = [GapReason.Evicted, GapReason.Unconfirmed, GapReason.Oversize];
}
