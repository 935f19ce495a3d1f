using System.Collections.Immutable;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>How pages become durable.</summary>
public sealed partial class PageRing
{
    /// <summary>Another process writes to the same device: this ring writes nothing any more.</summary>
    public bool IsFenced { get; private set; }

    /// <summary>Collects all that is not durable. Null if everything is.</summary>
    /// <returns>Run it without the lock, then <see cref="Complete"/> it with the lock. One at a time.</returns>
    /// <exception cref="InvalidOperationException">The one before is not completed.</exception>
    public CommitWork? Prepare()
    {
        if (_work.IsBusy)
        {
            throw new InvalidOperationException("One commit at a time.");
        }

        if (IsFenced || IsTakenOver())
        {
            IsFenced = true;
            return null;
        }

        _work.Reset(_head, _generation);
        if (PrepareAhead() is { } ahead)
        {
            ahead.IsBusy = true;
            return ahead;
        }

        _work.IsWhole = true;
        foreach (PageEntry page in (ImmutableArray<PageEntry>)[.. _pages.Unplaced()])
        {
            Place(page);
        }

        if (_open is { } open && open.Committed < open.Count)
        {
            _writer.WriteSnapshot(_work, open, _nextPage, _counted, Context(_pages.Newest));
            _work.Snapshot = open;
            _work.SnapshotCount = open.Count;
        }

        if (_isStateDue || IsReservationLow)
        {
            PrepareState(isClean: false);
        }

        _work.IsBusy = !_work.IsEmpty;
        return _work.IsBusy ? _work : null;
    }

    /// <summary>The last commit of an orderly end: everything is closed first, and the next start needs to skip no numbers.</summary>
    public CommitWork? PrepareEnd(Moment now)
    {
        Observe(now);
        Seal(now);
        PlaceGaps(now, evenIfOneWaits: true);
        _isStateDue = false;
        _isCountDue = false;
        CommitWork? work = Prepare();
        if (IsFenced || work is { IsWhole: false })
        {
            return work;
        }

        PrepareState(isClean: true);
        _work.IsBusy = true;
        return work ?? _work;
    }

    /// <summary>Takes the result of a commit over.</summary>
    /// <param name="work">As it was prepared.</param>
    /// <param name="isDurable">What its run said.</param>
    public void Complete(CommitWork work, bool isDurable)
    {
        work.IsBusy = false;
        if (!isDurable)
        {
            // The same blocks are written again, with new nonces: nothing in them was ever relied on.
            _head = work.HeadBefore;
            _generation = work.GenerationBefore;
            _hasFaulted = true;
            work.Pages.ForEach(page => page.Position = PageEntry.Nowhere);
            _isStateDue |= work.State is not null;
            return;
        }

        work.Pages.ForEach(_pages.Release);
        _adopting = work.IsWhole ? null : _adopting;
        if (work.Snapshot is { } snapshot)
        {
            snapshot.Committed = work.SnapshotCount;
        }

        if (work.State is { } state)
        {
            _durable = state;
        }

        CompleteEpoch(work);
    }

    // Half of what was reserved is used.
    private bool IsReservationLow =>
        NextSeq >= _durable.SeqReserved - (_options.SeqReservation / 2) || _nextPage >= _durable.PageReserved - (_options.PageReservation / 2);

    private void Place(PageEntry page)
    {
        PageEntry? previous = _pages.PlacedBefore(page);
        while (true)
        {
            RingContext context = Context(previous);
            PageInterior interior = InteriorOf(page, context);
            int blocks = _writer.Measure(interior.Size, page.Body!.Value.Span, out ReadOnlySpan<byte> stored, out bool isCompressed);
            if (TryMakeRoom(blocks, ref previous))
            {
                page.Position = _head;
                page.Blocks = blocks;
                _head += blocks;
                _writer.WritePage(_work, page, interior, context, stored, isCompressed);
                _work.Pages.Add(page);
                return;
            }
        }
    }

    /// <summary>True if nothing had to go; otherwise what the page says about losses has changed, and perhaps its size.</summary>
    private bool TryMakeRoom(int blocks, ref PageEntry? previous)
    {
        bool isRoom = true;
        while (_pages.OldestPlaced() is { } oldest && _head + blocks - oldest.Position > _geometry.RingBlocks)
        {
            _work.Pages.Remove(oldest);
            Forget(oldest, oldest.WasHandedOut ? LossReason.Unconfirmed : LossReason.Evicted);
            previous = previous == oldest ? null : previous;
            isRoom = false;
        }

        return isRoom;
    }

    private static PageInterior InteriorOf(PageEntry page, RingContext context) => new()
    {
        PreviousMac = page.PreviousMac,
        Mac = page.Mac,
        KeyId = page.Fields.KeyId,
        Epoch = page.Fields.Epoch,
        OpenedWallMs = page.OpenedWallMs,
        SealedWallMs = page.SealedWallMs,
        OldestSeq = context.OldestSeq,
        BodyLength = page.BodyLength,
        Gaps = page.Gaps,
        Pending = context.Pending,
        PendingUncounted = context.PendingUncounted,
        Told = context.Told,
    };

    private RingContext Context(PageEntry? previous) => new(OldestPage, OldestSeq, previous?.Number ?? 0, _gaps.Pending, _gaps.Uncounted, _pages.Told);

    private void PrepareState(bool isClean)
    {
        _isStateDue = false;
        RingState state = NewState(isClean);
        PageWriter.WriteState(_work, _change?.Keys ?? _keys, state, ++_generation, Context(_pages.Newest));
        _work.State = new RingNumbers(_generation, state.SeqReserved, state.PageReserved, state.OldestPage, state.Lost);
    }

    private RingState NewState(bool isClean) => new()
    {
        IsClean = isClean,
        SeqReserved = NextSeq + _options.SeqReservation,
        PageReserved = _nextPage + _options.PageReservation,
        NextSeq = NextSeq,
        NextPage = _nextPage,
        OldestPage = OldestPage,
        OldestSeq = OldestSeq,
        HeadPosition = _head,
        Lost = _counted,
        LastMac = _adopting?.LastMac ?? _lastMac,
        KeyId = (_change?.Keys ?? _keys).KeyId,
        RootEpoch = (_change?.Keys ?? _keys).Epoch.Number + 1,
        Announcement = (_change is null ? Announcement : _change.Announcement)?.ToBytes() ?? [],
        Pending = _gaps.Pending,
        PendingUncounted = _gaps.Uncounted,
        Told = _pages.Told,
    };

    // The lock of the file is advisory. Where it did not hold, the younger epoch has the device: whoever opens it writes all state slots.
    private bool IsTakenOver()
    {
        if (_reader.TryReadHeader(RingGeometry.StateBlock(_generation % RingGeometry.StateSlots), out PageHeader own) && own.EpochId == Epoch.Id)
        {
            return false;
        }

        for (long slot = 0; slot < RingGeometry.StateSlots; slot++)
        {
            if (_reader.TryRead(RingGeometry.StateBlock(slot), PageKind.State, out PageHeader header, out _) && header.EpochNumber > Epoch.Number && header.EpochId != _change?.Keys.Epoch.Id)
            {
                return true;
            }
        }

        return false;
    }
}
