using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Inspection;

/// <summary>Says what a device tells in clear. It has no key, reads only, and knows nothing of payload.</summary>
public static class RingInspector
{
    /// <summary>Looks at a device. Total: every content gives an answer.</summary>
    /// <param name="device">Not changed.</param>
    public static RingInspection Inspect(IBlockDevice device)
    {
        if (StaticArea.Read(device, out DeviceFault fault) is not { } area)
        {
            return new RingInspection.Unreadable(fault);
        }

        if (area.Copies is not [var newest, ..])
        {
            return new RingInspection.NoRing(area.IsBlank ? "it is blank: a new file, or one that was wiped" : "neither copy of the static block is one");
        }

        return new RingInspection.Found(Describe(device, area, newest.Block, HeaderScan.Of(device, newest.Block.Buffer, newest.Block.Geometry)));
    }

    internal static RingFindings Describe(IBlockDevice device, StaticArea area, StaticBlock block, HeaderScan scan)
    {
        PageHeader[] pages = [.. Of(scan, PageKind.Ring).DistinctBy(header => header.Page).OrderBy(header => header.Page)];
        PageHeader[] snapshots = [.. Of(scan, PageKind.Snapshot)];
        long oldest = scan.Headers.Select(found => found.Header.OldestPage).Append(0).Max();
        PageHeader[] waiting = [.. pages.Where(header => header.Page >= oldest)];
        return new RingFindings
        {
            Buffer = block.Buffer,
            Geometry = block.Geometry,
            DeviceBytes = device.Length,
            Created = DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Clamp(block.CreatedWallMs, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())),
            Generation = block.Generation,
            IsWiping = area.Copies.Any(copy => copy.Block.IsWiping),
            GoodCopies = [.. Enumerable.Range(0, RingGeometry.StaticBlocks).Select(at => area.Copies.Any(copy => copy.At == at))],
            Slots = [.. block.Slots.Select(slot => slot.Kind)],
            Epochs = [.. pages.GroupBy(page => page.EpochNumber).OrderBy(epoch => epoch.Key).Select(EpochOf)],
            States = [.. Of(scan, PageKind.State).Select(header => new StateFindings((int)header.Position, header.Page, header.EpochNumber))],
            Snapshots = snapshots.Length,
            Pages = SpanOf(pages),
            Waiting = SpanOf(waiting),
            GapPages = pages.Count(page => page.Flags.HasFlag(PageTraits.Gap)),
            Lost = scan.Headers.Select(found => found.Header.Lost).Append(0).Max(),
            Holes = [.. HolesIn(waiting)],
            Flaws = scan.Flaws.ToImmutableSortedDictionary(),
            Contradictions = [.. pages.Zip(pages.Skip(1), Contradiction).OfType<string>()],
        };
    }

    private static IEnumerable<PageHeader> Of(HeaderScan scan, PageKind kind) =>
        scan.Headers.Select(found => found.Header).Where(header => header.Kind == kind && (kind == PageKind.State || header.Count > 0));

    private static EpochFindings EpochOf(IGrouping<long, PageHeader> epoch) =>
        new(epoch.Key, epoch.Count(), epoch.Min(page => page.Page), epoch.Max(page => page.Page));

    private static PageSpan SpanOf(PageHeader[] pages) => pages is [var first, ..]
        ? new PageSpan(pages.Length, first.Page, pages[^1].Page, pages.Min(page => page.FirstSeq), pages.Max(LastSeq), pages.Sum(page => (long)page.Count))
        : PageSpan.None;

    private static long LastSeq(PageHeader page) => page.FirstSeq + page.Count - 1;

    private static List<SeqHole> HolesIn(PageHeader[] pages)
    {
        var holes = new List<SeqHole>();
        long seen = pages is [var first, ..] ? first.FirstSeq - 1 : 0;
        foreach (PageHeader page in pages)
        {
            if (page.FirstSeq > seen + 1)
            {
                holes.Add(new SeqHole(seen + 1, page.FirstSeq - 1));
            }

            seen = Math.Max(seen, LastSeq(page));
        }

        return holes;
    }

    private static string? Contradiction(PageHeader page, PageHeader next)
    {
        // What was recovered goes into a new page with the numbers that it had.
        bool isInOrder = next.FirstSeq >= page.FirstSeq || (page.Flags | next.Flags).HasFlag(PageTraits.Recovered);
        string? what = next.EpochNumber < page.EpochNumber ? $"was written in epoch {next.EpochNumber}, before epoch {page.EpochNumber}"
            : next.Position <= page.Position ? $"stands at position {next.Position}, before position {page.Position}"
            : next.Lost < page.Lost ? $"tells {next.Lost} lost records, fewer than the {page.Lost}"
            : !isInOrder ? $"begins with number {next.FirstSeq}, before number {page.FirstSeq}"
            : null;
        return what is null ? null : FormattableString.Invariant($"page {next.Page} {what} of page {page.Page}");
    }
}
