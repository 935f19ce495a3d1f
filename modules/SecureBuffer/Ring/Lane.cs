using System.Collections.Immutable;
using Sallyport.BatchVerification;
using Sallyport.SealedRing;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Tracing;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>A sealed ring that several threads use, and the messages that its pages become. One lock, held for moments only: never while the disk works.</summary>
internal sealed partial class Lane(string name, string moduleId) : IDisposable
{
    // A page that was handed over within this time after it was due did not wait for the uplink.
    private static readonly TimeSpan ReplayGrace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Page> _handedOut = [];
    private readonly TracedRecords _traced = new();
    private PageRing? _ring;
    private IBlockDevice? _device;

    public string Name => name;

    /// <summary>Null while the ring is not open.</summary>
    public RingIdentity? Identity { get; private set; }

    /// <summary>Spans of records that there was no room for.</summary>
    public long SpansForgotten
    {
        get
        {
            lock (_lock)
            {
                return _traced.Forgotten;
            }
        }
    }

    /// <summary>Takes an opened ring over.</summary>
    /// <param name="ring">Owned from now on.</param>
    /// <param name="device">Owned from now on.</param>
    /// <param name="storage">What it rests on.</param>
    public void Open(PageRing ring, IBlockDevice device, StorageState storage)
    {
        lock (_lock)
        {
            (_ring, _device, Storage) = (ring, device, storage);
            Identity = RingIdentity.Of(ring, name);
        }
    }

    /// <summary>Takes a record.</summary>
    /// <exception cref="InvalidOperationException">The ring is not open.</exception>
    public long Append(RingRecord record, Moment now)
    {
        lock (_lock)
        {
            PageRing ring = _ring ?? throw new InvalidOperationException($"The ring of lane {name} is not open.");
            ring.TryAppend(record.Json.Span, BatchNumbers.ContentOf(record.Type), BatchNumbers.MarkOf(record.Quality), now, out var seq);
            _undurableSince ??= now.Elapsed;
            if (record.Span is { } span)
            {
                _traced.Add(seq, span);
            }

            return seq;
        }
    }

    /// <summary>Closes what is open. Whether there was anything.</summary>
    public bool Seal(Moment now)
    {
        lock (_lock)
        {
            return _ring?.Seal(now) ?? false;
        }
    }

    /// <summary>Closes the open page if it is as old as <paramref name="maxLatency"/> and no full page goes before it.</summary>
    public void SealIfDue(TimeSpan maxLatency, Moment now)
    {
        lock (_lock)
        {
            if (_ring is { OpenedAt: { } opened } ring && ring.Pages == ring.PagesInFlight && now.Elapsed - opened.Elapsed >= maxLatency)
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
            if (_ring is not { } ring)
            {
                return null;
            }

            if (ring.Pages > ring.PagesInFlight || ring.HasPendingGap)
            {
                return TimeSpan.Zero;
            }

            return ring.OpenedAt is { } opened ? Max(opened.Elapsed + maxLatency - now.Elapsed, TimeSpan.Zero) : null;
        }
    }

    /// <summary>Hands out the oldest page with its message. Null if no page is closed, or its numbers have to become durable first.</summary>
    public Page? Take(TimeSpan maxLatency, Moment now)
    {
        lock (_lock)
        {
            switch (_ring?.Take(now, isDiskGone: Storage != StorageState.Disk))
            {
                case TakeOutcome.Taken { Page: var taken }:
                    return _handedOut.TryGetValue(taken.Number, out Page? page) ? page : HandOut(taken, maxLatency, now);
                case TakeOutcome.CommitFirst:
                    _isCommitAsked = true;
                    return null;
                default:
                    return null;
            }
        }
    }

    /// <summary>A page that is handed out gets another message, which is the one that a resend sends.</summary>
    public Page Replace(Page page)
    {
        lock (_lock)
        {
            _handedOut[page.Number] = page;
            return page;
        }
    }

    public int Confirm(ImmutableArray<Page> pages)
    {
        lock (_lock)
        {
            var records = _ring?.Confirm(pages.Select(page => page.Number)) ?? 0;
            MarkDelivered(pages);
            Forget(pages);
            return records;
        }
    }

    /// <returns>How many were still there.</returns>
    public int Return(ImmutableArray<Page> pages)
    {
        lock (_lock)
        {
            ImmutableArray<long> there = _ring?.Return(pages.Select(page => page.Number)) ?? [];
            Forget(pages.Where(page => !there.Contains(page.Number)));
            return there.Length;
        }
    }

    public void Discard(Page page)
    {
        lock (_lock)
        {
            _ring?.Discard(page.Number);
            Forget([page]);
        }
    }

    /// <summary>All figures at one moment.</summary>
    public LaneStatus Status(Moment now)
    {
        lock (_lock)
        {
            return _ring is { } ring
                ? new LaneStatus(
                    name,
                    Identity,
                    Storage,
                    ring.NextSeq,
                    ring.Depth,
                    Storage == StorageState.Memory ? ring.Depth : ring.UndurableRecords,
                    ring.DeviceBytes.Used + ring.UndurableBytes,
                    ring.DeviceBytes.All,
                    ring.Pages - ring.PagesInFlight,
                    ring.PagesInFlight,
                    AgeOf(ring, now),
                    [.. LossWords.Reasons.Select(reason => (reason, ring.Lost(reason)))])
                : new LaneStatus(
                    name, null, Storage, 0, 0, 0, 0, 0, 0, 0, TimeSpan.Zero, [.. LossWords.Reasons.Select(reason => (reason, 0L))]);
        }
    }

    /// <summary>Zeroes the keys and gives the file back.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _ring?.Dispose();
            _device?.Dispose();
            _ring = null;
        }
    }

    private Page HandOut(SealedPage taken, TimeSpan maxLatency, Moment now)
    {
        var isReplay = taken.OpenedElapsed is not { } opened || now.Elapsed - opened > maxLatency + ReplayGrace;
        var page = new Page(taken, BatchProperties.Message(taken, name, moduleId, isReplay)) { Traced = _traced.Take(taken.Fields.FirstSeq, taken.LastSeq) };
        _handedOut.Add(taken.Number, page);
        return page;
    }

    private void Forget(IEnumerable<Page> pages)
    {
        foreach (Page page in pages)
        {
            _handedOut.Remove(page.Number);
        }
    }

    // Of an earlier run only the wall clock is known: for people, and never negative.
    private static TimeSpan AgeOf(PageRing ring, Moment now) => ring.Oldest switch
    {
        null => TimeSpan.Zero,
        { Elapsed: { } elapsed } => now.Elapsed - elapsed,
        { Wall: var wall } => Max(now.Wall - wall, TimeSpan.Zero),
    };

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
