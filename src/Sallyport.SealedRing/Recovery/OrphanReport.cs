using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Recovery;

/// <summary>What a ring held whose key is lost: as its headers say in clear, which nothing can prove any more.</summary>
/// <param name="Buffer">Which ring; 0 if no static block and no header was left.</param>
/// <param name="Pages">Closed pages that were neither confirmed nor evicted, and pages that were still open.</param>
/// <param name="FirstSeq">The lowest sequence number in them; 0 if there are none.</param>
/// <param name="LastSeq">The highest; −1 if there are none.</param>
/// <param name="KeptAs">The file that it is kept in, for an owner who has its key; null if it was overwritten.</param>
public sealed record OrphanReport(UInt128 Buffer, int Pages, long FirstSeq, long LastSeq, string? KeptAs)
{
    /// <summary>Reads the headers of a device. What the disk will not give is left out.</summary>
    /// <param name="device">Not changed.</param>
    /// <param name="buffer">Which ring; null if no static block says so: then it is the ring of the first header.</param>
    internal static OrphanReport Of(IBlockDevice device, UInt128? buffer)
    {
        var pages = new Dictionary<(PageKind Kind, long Page), PageHeader>();
        long oldest = 0;
        byte[] block = new byte[RingGeometry.BlockSize];
        for (long at = RingGeometry.StaticBlocks * RingGeometry.BlockSize; at + block.Length <= device.Length; at += block.Length)
        {
            if (!device.TryRead(at, block, out _) || !PageHeader.TryRead(block, out PageHeader header) || header.Buffer != (buffer ??= header.Buffer))
            {
                continue;
            }

            oldest = Math.Max(oldest, header.OldestPage);
            if (header.Kind != PageKind.State && header.Count > 0)
            {
                // The last snapshot of a page says most.
                (PageKind Kind, long Page) key = (header.Kind, header.Page);
                pages[key] = pages.TryGetValue(key, out PageHeader other) && other.Count > header.Count ? other : header;
            }
        }

        PageHeader[] live = [.. pages.Values.Where(page => page.Page >= oldest && (page.Kind == PageKind.Ring || !pages.ContainsKey((PageKind.Ring, page.Page))))];
        return live.Length == 0
            ? new OrphanReport(buffer ?? 0, 0, 0, -1, null)
            : new OrphanReport(buffer ?? 0, live.Length, live.Min(page => page.FirstSeq), live.Max(page => page.FirstSeq + page.Count - 1), null);
    }
}
