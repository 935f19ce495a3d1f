namespace Sallyport.BatchVerification;

/// <summary>The newest pages that were proven, by number. Not safe for several threads.</summary>
internal sealed class PageMemory
{
    private const int Most = 1024;

    private readonly SortedList<long, RememberedPage> _pages = [];

    /// <summary>Pages up to this number may have been there; -1 if none was forgotten.</summary>
    public long Forgotten { get; private set; } = -1;

    /// <summary>The highest number; -1 without any.</summary>
    public long Highest => _pages.Count == 0 ? Forgotten : _pages.GetKeyAtIndex(_pages.Count - 1);

    public IList<RememberedPage> All => _pages.Values;

    public RememberedPage? Find(long page) => _pages.GetValueOrDefault(page);

    public void Add(RememberedPage page)
    {
        _pages[page.Page] = page;
        if (_pages.Count > Most)
        {
            Forget(_pages.GetKeyAtIndex(0));
            _pages.RemoveAt(0);
        }
    }

    /// <summary>Says that pages up to a number are not remembered.</summary>
    public void Forget(long page) => Forgotten = Math.Max(Forgotten, page);

    /// <summary>The remembered pages next to a number, on both sides.</summary>
    public (RememberedPage? Before, RememberedPage? After) Around(long page)
    {
        int low = 0;
        int high = _pages.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _pages.GetKeyAtIndex(middle) < page ? (middle + 1, high) : (low, middle);
        }

        int after = low < _pages.Count && _pages.GetKeyAtIndex(low) == page ? low + 1 : low;
        return (low > 0 ? _pages.GetValueAtIndex(low - 1) : null, after < _pages.Count ? _pages.GetValueAtIndex(after) : null);
    }
}
