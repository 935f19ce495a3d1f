using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Ring;

/// <summary>A bounded line of numbered records in numbered pages, oldest first, in memory. Not safe for several threads: <see cref="Lane"/> guards it.</summary>
/// <remarks>Every record gets a sequence number; whatever leaves without having been confirmed is counted and gets a gap record with a number of
/// its own, in a page that is placed before the next one is handed over. Evicted is the oldest page that was not handed over; pages that are on
/// their way go only when there are no others, and are then called unconfirmed. This is the place that the sealed ring on disk will take.</remarks>
internal sealed class MemoryRing(MessageType gapType, RingLimits limits)
{
    /// <summary>A record above this, or above half of the ring, is lost on arrival: its message would be larger than a message may be.</summary>
    public const int MaxRecordBytes = HubMessage.MaxSizeInBytes - RoomForProperties;

    private const int RoomForProperties = 4096;
    private const int RoomForGapPage = 512;

    private readonly LinkedList<Page> _unsent = [];
    private readonly LinkedList<Page> _inFlight = [];
    private readonly Gaps _gaps = new();
    private readonly long[] _lost = new long[Enum.GetValues<GapReason>().Length];
    private RingLimits _limits = limits;
    private OpenPage? _open;
    private long _pageBytes;
    private long _pageRecords;
    private long _nextPage;
    private long _placedLost;

    /// <summary>The number that the next record gets.</summary>
    public long NextSeq { get; private set; }

    /// <summary>Records that are not confirmed.</summary>
    public long Depth => _pageRecords + (_open?.Count ?? 0);

    /// <summary>Bytes of all batch bodies, that of the open page included.</summary>
    public long Bytes => _pageBytes + (_open?.Size ?? 0);

    public int CapacityInBytes => _limits.CapacityInBytes;

    public int UnsentPages => _unsent.Count;

    public int PagesInFlight => _inFlight.Count;

    /// <summary>When the first record of the open page came; null without one.</summary>
    public Moment? OpenedAt => _open?.OpenedAt;

    /// <summary>When the oldest record came that is not confirmed; null if there is none.</summary>
    public Moment? OldestAt => _inFlight.First?.Value.OpenedAt ?? _unsent.First?.Value.OpenedAt ?? _open?.OpenedAt;

    /// <summary>True if a loss waits for its gap record.</summary>
    public bool HasPendingGap => !_gaps.IsEmpty;

    /// <summary>Records lost since the ring was made.</summary>
    public long Lost(GapReason reason) => _lost[(int)reason];

    /// <summary>Numbers a record and keeps it, at the cost of the oldest ones if there is no room.</summary>
    /// <returns>Its sequence number, also if it is too large and counted as lost.</returns>
    public long Append(RingRecord record, Moment now)
    {
        var seq = NextSeq;
        var size = OpenPage.SizeOf(record.Json);
        if (record.Json.Length > MaxRecordBytes || size > _limits.CapacityInBytes / 2)
        {
            // The numbers of a page are in a row, so it ends where one is missing.
            Seal(now);
            NextSeq++;
            Lose(GapReason.Oversize, seq, 1);
            return seq;
        }

        if (_open is not null && (_open.Type != record.Type || _open.Size + size > _limits.PageInBytes))
        {
            Seal(now);
        }

        var needed = _open is null ? size + BatchBody.OverheadInBytes : size;
        MakeRoom(needed);
        _open ??= new OpenPage(record.Type, seq, now);
        _open.Add(record);
        NextSeq++;
        return seq;
    }

    /// <summary>Seals the open page, if there is one.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Seal(Moment now)
    {
        if (_open is null)
        {
            return false;
        }

        AddPage(_open.Seal(_nextPage, _placedLost, now));
        _open = null;
        return true;
    }

    /// <summary>Hands out the oldest page that was not handed out, and places the gap records that are due. Null if there is none.</summary>
    public Page? Take(Moment now)
    {
        PlaceGaps(now);
        if (_unsent.First is not { } oldest)
        {
            return null;
        }

        _unsent.Remove(oldest);
        _inFlight.AddLast(oldest);
        return oldest.Value;
    }

    /// <summary>Lets go of pages that have arrived. Those that were evicted meanwhile are not there any more.</summary>
    /// <returns>How many records were there.</returns>
    public int Confirm(ImmutableArray<Page> pages)
    {
        var records = 0;
        foreach (Page page in pages)
        {
            if (_inFlight.Remove(page))
            {
                Forget(page);
                records += page.Count;
            }
        }

        return records;
    }

    /// <summary>Puts pages back in front of all others, in order, to be handed out again.</summary>
    /// <returns>Those that were still there.</returns>
    public ImmutableArray<Page> Return(ImmutableArray<Page> pages)
    {
        ImmutableArray<Page> there = [.. pages.Where(_inFlight.Remove)];
        foreach (Page page in there.Reverse())
        {
            _unsent.AddFirst(page);
        }

        return there;
    }

    /// <summary>Gives up a page that no broker will ever take.</summary>
    public void Discard(Page page)
    {
        if (_inFlight.Remove(page))
        {
            Forget(page);
            Lose(GapReason.Oversize, page.FirstSeq, page.Count);
        }
    }

    /// <summary>Changes the bounds; a smaller ring evicts at once.</summary>
    public void Resize(RingLimits changed, Moment now)
    {
        _limits = changed;
        MakeRoom(0);
        if (Bytes > _limits.CapacityInBytes)
        {
            Seal(now);
            MakeRoom(0);
        }
    }

    private void MakeRoom(int needed)
    {
        while (Bytes + needed > _limits.CapacityInBytes)
        {
            if (OldestRecords(_unsent) is { } unsent)
            {
                Evict(_unsent, unsent);
            }
            else if (OldestRecords(_inFlight) is { } inFlight)
            {
                Evict(_inFlight, inFlight);
            }
            else
            {
                return;
            }
        }
    }

    private void Evict(LinkedList<Page> pages, LinkedListNode<Page> node)
    {
        Page page = node.Value;
        pages.Remove(node);
        Forget(page);
        Lose(page.Message is null ? GapReason.Evicted : GapReason.Unconfirmed, page.FirstSeq, page.Count);
    }

    private static LinkedListNode<Page>? OldestRecords(LinkedList<Page> pages)
    {
        LinkedListNode<Page>? node = pages.First;
        while (node is { Value.IsGap: true })
        {
            node = node.Next;
        }

        return node;
    }

    private void Lose(GapReason reason, long firstSeq, int count)
    {
        _lost[(int)reason] += count;
        _gaps.Add(reason, firstSeq, count);
    }

    // One gap page at a time: while it waits, further losses grow together behind it.
    private void PlaceGaps(Moment now)
    {
        if (_gaps.IsEmpty || _unsent.Any(page => page.IsGap))
        {
            return;
        }

        Seal(now);
        MakeRoom(RoomForGapPage);
        var page = new OpenPage(gapType, NextSeq, now);
        foreach (GapRecord gap in _gaps.Take())
        {
            page.Add(new RingRecord(gapType, GapRecordJson.Encode(gap), null));
            _placedLost += gap.Count;
            NextSeq++;
        }

        AddPage(page.Seal(_nextPage, _placedLost, now) with { IsGap = true });
    }

    private void AddPage(Page page)
    {
        _unsent.AddLast(page);
        _pageBytes += page.Body.Length;
        _pageRecords += page.Count;
        _nextPage++;
    }

    private void Forget(Page page)
    {
        _pageBytes -= page.Body.Length;
        _pageRecords -= page.Count;
    }
}
