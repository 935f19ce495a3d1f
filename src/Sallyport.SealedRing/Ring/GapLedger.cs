using System.Collections.Immutable;

namespace Sallyport.SealedRing;

/// <summary>Losses that no gap record speaks of yet, one coalesced range for each reason. Not safe for several threads.</summary>
internal sealed class GapLedger
{
    private readonly SortedDictionary<LossReason, Gap> _pending = [];
    private ImmutableArray<Gap>? _listed;

    public bool IsEmpty => _pending.Count == 0;

    /// <summary>Records that no gap record ever counted; a gap that comes back from an evicted gap page was counted already.</summary>
    public long Uncounted { get; private set; }

    /// <summary>All that is pending, by reason.</summary>
    public ImmutableArray<Gap> Pending => _listed ??= [.. _pending.Values];

    /// <summary>Adds a loss; ranges of the same reason grow together, and what lies between them is not counted.</summary>
    /// <param name="gap">What is lost.</param>
    /// <param name="uncounted">How many of its records no gap record has counted.</param>
    public void Add(Gap gap, long uncounted)
    {
        _listed = null;
        Uncounted += uncounted;
        _pending[gap.Reason] = _pending.TryGetValue(gap.Reason, out Gap before)
            ? new Gap(
                gap.Reason,
                Math.Min(before.FirstSeq, gap.FirstSeq),
                Math.Max(before.LastSeq, gap.LastSeq),
                before.Count + gap.Count)
            : gap;
    }

    /// <summary>Gaps of several pages, one for each reason.</summary>
    public static ImmutableArray<Gap> Merge(IEnumerable<PageEntry> pages)
    {
        var merged = new GapLedger();
        foreach (Gap gap in pages.SelectMany(page => page.Gaps))
        {
            merged.Add(gap, uncounted: 0);
        }

        return merged.Pending;
    }

    /// <summary>Takes all that is pending.</summary>
    public ImmutableArray<Gap> Take()
    {
        ImmutableArray<Gap> taken = Pending;
        _pending.Clear();
        _listed = null;
        Uncounted = 0;
        return taken;
    }
}
