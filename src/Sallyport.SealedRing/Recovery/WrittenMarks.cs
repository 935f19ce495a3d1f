namespace Sallyport.SealedRing.Recovery;

/// <summary>How far the pages on a device say that the ring had come: the highest of each number, found in one pass.</summary>
internal sealed class WrittenMarks
{
    private static readonly (long Epoch, ulong Nonce) BeforeAll = (-1, 0);

    private (long Epoch, ulong Nonce) _newestAge = BeforeAll;

    private WrittenMarks(long oldestPage, long oldestSeq) => Oldest = (oldestPage, oldestSeq);

    /// <summary>No page at all.</summary>
    public bool IsEmpty => Newest is null;

    public long Epoch { get; private set; }

    public long Page { get; private set; }

    public long LastSeq { get; private set; } = -1;

    public long Lost { get; private set; }

    /// <summary>The first position behind all pages of the ring.</summary>
    public long Head { get; private set; }

    /// <summary>The oldest page that was neither confirmed nor evicted, and its first number.</summary>
    public (long Page, long Seq) Oldest { get; private set; }

    /// <summary>What was written last knows best; the nonces of an epoch count up. Null for none.</summary>
    public FoundPage? Newest { get; private set; }

    /// <summary>Whether the state was written after every page, or there is no page.</summary>
    public bool IsBefore(FoundState state) => _newestAge.CompareTo((state.Header.EpochNumber, state.Header.Nonce.Counter)) < 0;

    public static WrittenMarks Of(DeviceScan scan)
    {
        var marks = scan.State is { } state ? new WrittenMarks(state.State.OldestPage, state.State.OldestSeq) : new WrittenMarks(0, 0);
        foreach (FoundPage page in scan.Pages)
        {
            marks.Note(page);
            marks.Head = Math.Max(marks.Head, page.Header.Position + page.Blocks);
        }

        foreach (FoundPage snapshot in scan.Snapshots)
        {
            marks.Note(snapshot);
        }

        return marks;
    }

    private void Note(FoundPage page)
    {
        Epoch = Math.Max(Epoch, page.Header.EpochNumber);
        Page = Math.Max(Page, page.Header.Page);
        LastSeq = Math.Max(LastSeq, page.LastSeq);
        Lost = Math.Max(Lost, page.Header.Lost);
        if (page.Header.OldestPage > Oldest.Page)
        {
            Oldest = (page.Header.OldestPage, page.Interior.OldestSeq);
        }

        (long Epoch, ulong Nonce) age = (page.Header.EpochNumber, page.Header.Nonce.Counter);
        if (age.CompareTo(_newestAge) > 0)
        {
            (_newestAge, Newest) = (age, page);
        }
    }
}
