using System.Collections.Immutable;

namespace Sallyport.SealedRing;

/// <summary>The pages that are neither confirmed nor evicted, oldest first. Not safe for several threads.</summary>
internal sealed class LivePages
{
    // Pages of earlier runs whose numbers do not rise are put in by sequence number, so the list is the order of the records.
    private readonly LinkedList<PageEntry> _pages = [];
    private readonly Dictionary<long, LinkedListNode<PageEntry>> _byNumber = [];

    // Few: one at a time waits, and the others are on their way.
    private readonly List<PageEntry> _gapPages = [];

    public int Count => _pages.Count;

    public long Records { get; private set; }

    /// <summary>Bytes of all bodies, uncompressed.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Bytes of the bodies that are in memory because they are not durable.</summary>
    public long MemoryBytes { get; private set; }

    public int InFlight { get; private set; }

    /// <summary>Pages of gap records that are not handed out.</summary>
    public int WaitingGapPages { get; private set; }

    /// <summary>What the gap records in them tell, one for each reason.</summary>
    public ImmutableArray<Gap> Told => _gapPages.Count == 0 ? [] : GapLedger.Merge(_gapPages);

    public PageEntry? Oldest => _pages.First?.Value;

    /// <summary>The newest; the next to be added comes after it.</summary>
    public PageEntry? Newest => _pages.Last?.Value;

    public void Add(PageEntry page)
    {
        _byNumber.Add(page.Number, _pages.AddLast(page));
        Records += page.Fields.Count;
        BodyBytes += page.BodyLength;
        MemoryBytes += page.Body?.Length ?? 0;
        WaitingGapPages += page.IsGap ? 1 : 0;
        if (page.IsGap)
        {
            _gapPages.Add(page);
        }
    }

    /// <summary>Null if it is gone already.</summary>
    public PageEntry? Find(long number) => _byNumber.GetValueOrDefault(number)?.Value;

    /// <summary>Whether one of them has a record of this number.</summary>
    public bool Holds(long seq) => _pages.Any(page => seq >= page.Fields.FirstSeq && seq <= page.LastSeq);

    public bool Remove(PageEntry page)
    {
        if (!_byNumber.Remove(page.Number, out LinkedListNode<PageEntry>? node))
        {
            return false;
        }

        _pages.Remove(node);
        Records -= page.Fields.Count;
        BodyBytes -= page.BodyLength;
        MemoryBytes -= page.Body?.Length ?? 0;
        InFlight -= page.IsInFlight ? 1 : 0;
        WaitingGapPages -= page is { IsGap: true, IsInFlight: false } ? 1 : 0;
        _gapPages.Remove(page);
        return true;
    }

    /// <summary>The page is durable: its body leaves memory.</summary>
    public void Release(PageEntry page)
    {
        MemoryBytes -= page.Body?.Length ?? 0;
        page.Body = null;
    }

    public void SetInFlight(PageEntry page, bool isInFlight)
    {
        int change = (isInFlight ? 1 : 0) - (page.IsInFlight ? 1 : 0);
        InFlight += change;
        WaitingGapPages -= page.IsGap ? change : 0;
        page.IsInFlight = isInFlight;
        page.WasHandedOut |= isInFlight;
    }

    /// <summary>The oldest that is not handed out; null for none.</summary>
    public PageEntry? NextToHandOut()
    {
        LinkedListNode<PageEntry>? node = _pages.First;
        while (node is { Value.IsInFlight: true })
        {
            node = node.Next;
        }

        return node?.Value;
    }

    /// <summary>Those that have no place on the device, oldest first.</summary>
    public IEnumerable<PageEntry> Unplaced()
    {
        LinkedListNode<PageEntry>? node = _pages.Last;
        while (node is { Previous: { Value.IsPlaced: false } previous })
        {
            node = previous;
        }

        for (; node is not null; node = node.Next)
        {
            if (!node.Value.IsPlaced)
            {
                yield return node.Value;
            }
        }
    }

    /// <summary>The last one before a page that has a place on the device; null for none.</summary>
    public PageEntry? PlacedBefore(PageEntry page)
    {
        LinkedListNode<PageEntry>? node = _byNumber[page.Number].Previous;
        while (node is { Value.IsPlaced: false })
        {
            node = node.Previous;
        }

        return node?.Value;
    }

    /// <summary>The oldest that has a place on the device; null for none.</summary>
    public PageEntry? OldestPlaced()
    {
        LinkedListNode<PageEntry>? node = _pages.First;
        while (node is { Value.IsPlaced: false })
        {
            node = node.Next;
        }

        return node?.Value;
    }
}
