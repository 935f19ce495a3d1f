using System.Collections.Immutable;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Recovery;

/// <summary>Decides from what a device holds where the next run begins, what of the last one is still there and what is missing. Pure; never fails.</summary>
internal sealed class RingRecovery(DeviceScan scan, RingGeometry geometry, RingOptions options)
{
    private readonly List<(Gap Gap, long Uncounted)> _gaps = [];
    private readonly WrittenMarks _written = WrittenMarks.Of(scan);

    public (RingStart Start, RecoveryReport Report) Run(UInt128 buffer)
    {
        (long oldestPage, long oldestSeq) = _written.Oldest;
        long head = Math.Max(scan.State?.State.HeadPosition ?? 0, _written.Head);
        ImmutableArray<FoundPage> live = [.. scan.Pages.Where(page => page.Header.Page >= oldestPage && head - page.Header.Position <= geometry.RingBlocks)];
        ImmutableArray<FoundPage> adopted = Adoptable(oldestPage);
        AddPending();
        AddTold(live);
        long seen = FindMissing(live, adopted, oldestPage, oldestSeq);
        bool isClean = IsClean;
        long nextSeq = NextSeq(seen, isClean);
        FindMissingAtEnd(live, seen, nextSeq, isClean);

        var start = new RingStart
        {
            NextSeq = nextSeq,
            NextPage = NextPage(isClean),
            Oldest = (oldestPage, oldestSeq),
            HeadPosition = head,
            Generation = scan.State?.Header.Page ?? 0,
            Lost = Math.Max(_written.Lost, scan.State?.State.Lost ?? 0),
            LastMac = LastMac(isClean),
            Pages = [.. live.Select(page => EntryOf(page, buffer))],
            Adopted = [.. adopted.Select(AdoptedOf)],
            Gaps = [.. _gaps],
        };
        return (start, new RecoveryReport(
            isClean, live.Length, live.Sum(page => (long)page.Header.Count), adopted.Sum(page => (long)page.Header.Count),
            scan.BadPages, scan.UnreadableBlocks, [.. _gaps.Select(gap => gap.Gap)]));
    }

    /// <summary>The highest epoch that wrote anything.</summary>
    public long LastEpoch => Math.Max(_written.Epoch, scan.State?.Header.EpochNumber ?? 0);

    // A clean state is the last thing that its run wrote.
    private bool IsClean => scan.State is { State.IsClean: true } state
        && _written.Epoch <= state.Header.EpochNumber && (_written.IsEmpty || _written.Page < state.State.NextPage);

    // The best snapshot of each page that is not in the ring; one that was adopted before is in the ring under another number.
    private ImmutableArray<FoundPage> Adoptable(long oldestPage) =>
    [
        .. scan.Snapshots
            .Where(snapshot => snapshot.Header.Page >= oldestPage && !scan.Pages.Any(page => page.Covers(snapshot)))
            .GroupBy(snapshot => snapshot.Header.Page)
            .Select(versions => versions.MaxBy(version => (version.Header.EpochNumber, version.Header.Version))!)
            .OrderBy(snapshot => snapshot.Header.FirstSeq),
    ];

    private void AddPending()
    {
        (ImmutableArray<Gap> pending, long uncounted, _) = LastWritten();
        foreach (Gap gap in pending)
        {
            _gaps.Add((gap, Math.Min(uncounted, gap.Count)));
            uncounted -= Math.Min(uncounted, gap.Count);
        }
    }

    // A gap page that is gone, torn or rotten, was told of by what was written after it; what it told is told again.
    private void AddTold(ImmutableArray<FoundPage> live)
    {
        ImmutableArray<Gap> all = LastWritten().Told;
        if (all.IsEmpty)
        {
            return;
        }

        ILookup<LossReason, Gap> found = live.SelectMany(page => page.Interior.Gaps).ToLookup(gap => gap.Reason);
        foreach (Gap told in all)
        {
            Gap[] there = [.. found[told.Reason]];
            if (there.Length == 0 || there.Min(gap => gap.FirstSeq) > told.FirstSeq || there.Max(gap => gap.LastSeq) < told.LastSeq || there.Sum(gap => gap.Count) < told.Count)
            {
                _gaps.Add((told, 0));
            }
        }
    }

    private (ImmutableArray<Gap> Pending, long Uncounted, ImmutableArray<Gap> Told) LastWritten()
    {
        if (scan.State is { } state && _written.IsBefore(state))
        {
            return (state.State.Pending, state.State.PendingUncounted, state.State.Told);
        }

        return _written.Newest is { } page ? (page.Interior.Pending, page.Interior.PendingUncounted, page.Interior.Told) : ([], 0, []);
    }

    private long FindMissing(ImmutableArray<FoundPage> live, ImmutableArray<FoundPage> adopted, long oldestPage, long oldestSeq)
    {
        long seen = oldestSeq - 1;
        long before = oldestPage - 1;
        bool isBeforeSnapshot = false;
        foreach (FoundPage page in adopted.IsEmpty ? live : [.. live.Concat(adopted).OrderBy(page => page.Header.Page)])
        {
            // Only what stood on the device may be missing there: pages between that were confirmed in time never came to it.
            bool isPageMissing = page.Header.PreviousPage > before && page.Header.PreviousPage >= oldestPage;
            if (isPageMissing || (isBeforeSnapshot && seen + 1 < page.Header.FirstSeq))
            {
                Miss(LossReason.Unreadable, seen + 1, page.Header.FirstSeq - 1, oldestSeq);
            }

            seen = Math.Max(seen, page.LastSeq);
            before = page.Header.Page;
            isBeforeSnapshot = page.Header.Kind == PageKind.Snapshot;
        }

        return seen;
    }

    private void FindMissingAtEnd(ImmutableArray<FoundPage> live, long seen, long nextSeq, bool isClean)
    {
        if (nextSeq <= seen + 1)
        {
            return;
        }

        if (!isClean)
        {
            _gaps.Add((new Gap(LossReason.Unclean, seen + 1, nextSeq - 1, 0), 0));
        }
        else if (scan.State!.Header.PreviousPage > (live.IsEmpty ? 0 : live[^1].Header.Page) && scan.State.Header.PreviousPage >= scan.State.State.OldestPage)
        {
            Miss(LossReason.Unreadable, seen + 1, nextSeq - 1, seen);
        }
    }

    private void Miss(LossReason reason, long first, long last, long oldestSeq)
    {
        // Nothing between the neighbours: what is missing was a page of older numbers, and nobody knows which.
        Gap gap = first <= last
            ? new Gap(reason, first, last, last - first + 1)
            : new Gap(reason, Math.Max(0, oldestSeq), Math.Max(oldestSeq, first - 1), 0);
        _gaps.Add((gap, gap.Count));
    }

    // Numbers that may have been used are skipped. Without a state nobody knows how many were reserved: more than that many cannot have been.
    private long NextSeq(long seen, bool isClean) => scan.State switch
    {
        null when _written.IsEmpty => 0,
        null => Math.Max(_written.LastSeq, seen) + 1 + (2L * options.SeqReservation),
        { } state when isClean => Math.Max(state.State.NextSeq, seen + 1),
        { } state => Math.Max(state.State.SeqReserved, Math.Max(_written.LastSeq, seen) + 1),
    };

    private long NextPage(bool isClean) => scan.State switch
    {
        null when _written.IsEmpty => 1,
        null => _written.Page + 1 + (2L * options.PageReservation),
        { } state when isClean => state.State.NextPage,
        { } state => Math.Max(state.State.PageReserved, _written.Page + 1),
    };

    private ImmutableArray<byte> LastMac(bool isClean) => scan switch
    {
        { State: { } state } when isClean || scan.Pages.IsEmpty => state.State.LastMac,
        { Pages.IsEmpty: false } => scan.Pages[^1].Interior.Mac,
        _ => [.. new byte[BatchFields.MacSize]],
    };

    private static PageEntry EntryOf(FoundPage page, UInt128 buffer) => new()
    {
        Fields = new BatchFields(
            page.Interior.KeyId,
            buffer,
            page.Interior.Epoch,
            page.Header.Page,
            page.Header.FirstSeq,
            page.Header.Count,
            page.Header.Lost,
            page.Header.Content,
            page.Header.Mark,
            page.Header.Flags & ~PageTraits.Compressed),
        PreviousMac = page.Interior.PreviousMac,
        Mac = page.Interior.Mac,
        BodyLength = page.Interior.BodyLength,
        OpenedWallMs = page.Interior.OpenedWallMs,
        SealedWallMs = page.Interior.SealedWallMs,
        Gaps = page.Interior.Gaps,
        Position = page.Header.Position,
        Blocks = page.Blocks,
        WasHandedOut = true,
    };

    private static AdoptedPage AdoptedOf(FoundPage page) => new(
        page.Header.Content, page.Header.Mark, page.Header.FirstSeq, page.Header.Count, page.Interior.OpenedWallMs, page.Body);
}
