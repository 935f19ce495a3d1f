using System.Collections.Immutable;
using Sallyport.Telemetry;

namespace Sallyport.Simulator.Check;

/// <summary>The pages of one buffer in their own order: are they all there, once, and do their numbers agree?</summary>
internal static class PageChain
{
    private const long FirstPage = 1;

    /// <summary>Checks the pages of one buffer.</summary>
    /// <param name="pages">In order of arrival, redeliveries already taken out.</param>
    /// <param name="findings">What is wrong.</param>
    /// <returns>The pages by epoch and number, and the gaps that the ring owned up to.</returns>
    public static (ImmutableArray<Page> Pages, ImmutableArray<RingGap> Gaps) Verify(IEnumerable<Page> pages, Findings findings)
    {
        var chain = WithoutRepeats(Unique(pages, findings));
        var gaps = GapsIn(chain);
        VerifyNumbers(chain, gaps, findings);
        return ([.. chain], [.. gaps]);
    }

    private static Page[] Unique(IEnumerable<Page> pages, Findings findings)
    {
        SortedDictionary<long, Page> chain = [];
        foreach (var page in pages)
        {
            if (!chain.TryAdd(page.Number, page))
            {
                findings.Add(FindingKind.Duplicate, $"{Name(page)} came twice under different message ids.");
            }
        }

        return [.. chain.Values];
    }

    /// <summary>A page that was saved from an unclean end may have arrived before, as a part of the page that it was to become.</summary>
    private static Page[] WithoutRepeats(Page[] chain) =>
    [
        .. chain.Where(page => !page.IsRecovered || !chain.Any(other =>
            other.Number < page.Number && other.FirstSeq <= page.FirstSeq && other.NextSeq >= page.NextSeq)),
    ];

    private static RingGap[] GapsIn(Page[] chain) =>
    [
        .. from page in chain
           from record in page.Records.OfType<PageRecord.OfGap>()
           where record.Gap.Origin is null
           select new RingGap(new(record.Gap.FirstSeq), new(record.Gap.LastSeq), record.Gap),
    ];

    private static void VerifyNumbers(Page[] chain, RingGap[] gaps, Findings findings)
    {
        var nextPage = chain.Length > 0 ? chain[0].Number : 0;

        // A ring of an earlier run goes on where it ended: what went before was judged then.
        var nextSeq = chain.Length > 0 && chain[0].Number > FirstPage ? chain[0].FirstSeq : 0;
        long lost = 0;
        long told = 0;
        long epoch = 0;
        Dictionary<long, string> epochs = [];
        foreach (var page in chain)
        {
            if (!epochs.TryAdd(page.Epoch, page.EpochId) && !string.Equals(page.EpochId, epochs[page.Epoch], StringComparison.Ordinal))
            {
                findings.Add(FindingKind.Malformed, $"{Name(page)} names epoch {page.EpochId}, another one {epochs[page.Epoch]}.");
            }

            if (page.FirstSeq < nextSeq)
            {
                findings.Add(FindingKind.Malformed, $"{Name(page)} begins with record {page.FirstSeq}, which the page before already had.");
            }
            else
            {
                VerifyHole(page, nextPage, nextSeq, gaps, findings);
            }

            if (page.Number > nextPage && page.FirstSeq == nextSeq && page.Epoch == epoch)
            {
                findings.Add(FindingKind.MissingRecord, $"{Name(page)} follows page {nextPage - 1}, yet no record number is missing between them.");
            }

            lost += page.Records.OfType<PageRecord.OfGap>().Where(record => record.Gap.Origin is null).Sum(record => record.Gap.Count);
            if (page.Lost > lost || page.Lost < told)
            {
                findings.Add(
                    FindingKind.Malformed, $"{Name(page)} speaks of {page.Lost} lost records, the gap records so far of {lost}, the page before of {told}.");
            }

            (nextPage, nextSeq, epoch, told) = (page.Number + 1, page.NextSeq, page.Epoch, page.Lost);
        }

        VerifyCounts(chain, gaps, findings);
    }

    /// <summary>Every number between two pages must lie in a gap.</summary>
    private static void VerifyHole(Page page, long firstPage, long from, RingGap[] gaps, Findings findings)
    {
        var next = from;
        foreach (var gap in gaps.OrderBy(gap => gap.First))
        {
            if (gap.First.Seq <= next)
            {
                next = Math.Max(next, gap.Last.Seq + 1);
            }
        }

        var missing = new NamedPages(PageFault.Missing, page.Buffer, firstPage, page.Number - 1, next, page.FirstSeq - 1);
        findings.Add(
            FindingKind.MissingRecord,
            missing,
            $"{Name(page)} begins with record {page.FirstSeq}; {missing} are missing without a gap record.",
            Math.Max(0, page.FirstSeq - next));
    }

    /// <summary>A gap must count at least what is missing in it, and for evicted records exactly that: those cannot have arrived.</summary>
    private static void VerifyCounts(Page[] chain, RingGap[] gaps, Findings findings)
    {
        foreach (var gap in gaps)
        {
            var range = gap.Last.Seq - gap.First.Seq + 1;
            var there = chain.Sum(page => Math.Max(0, Math.Min(page.NextSeq - 1, gap.Last.Seq) - Math.Max(page.FirstSeq, gap.First.Seq) + 1));
            var missing = range - there;
            if ((missing > gap.Gap.Count && gap.Gap.Count > 0) || (gap.Gap.Reason is GapReason.Evicted && missing != gap.Gap.Count))
            {
                findings.Add(
                    FindingKind.Malformed,
                    $"A gap record counts {gap.Gap.Count} records from {gap.First.Seq} to {gap.Last.Seq}, of which {missing} are missing.");
            }
        }
    }

    private static string Name(Page page) => $"Page {page.Number} of {page.Buffer}";
}
