using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Inspection;

/// <summary>Reads all headers of a device, without any key.</summary>
internal sealed class HeaderScan(UInt128 buffer, RingGeometry geometry)
{
    private readonly SortedDictionary<PageFlaw, int> _flaws = [];
    private readonly List<(long Block, PageHeader Header)> _headers = [];

    /// <summary>Those that belong where they stand, by block.</summary>
    public IReadOnlyList<(long Block, PageHeader Header)> Headers => _headers;

    public IReadOnlyDictionary<PageFlaw, int> Flaws => _flaws;

    public static HeaderScan Of(IBlockDevice device, UInt128 buffer, RingGeometry geometry)
    {
        var scan = new HeaderScan(buffer, geometry);
        byte[] block = new byte[RingGeometry.BlockSize];
        long blocks = Math.Min(geometry.Blocks, device.Length / RingGeometry.BlockSize);
        for (long at = RingGeometry.StaticBlocks; at < blocks; at++)
        {
            if (!device.TryRead(at * RingGeometry.BlockSize, block, out _))
            {
                scan.Count(PageFlaw.Unreadable);
            }
            else if (PageHeader.IsMarked(block))
            {
                scan.Add(at, block);
            }
        }

        return scan;
    }

    public void Count(PageFlaw flaw) => _flaws[flaw] = _flaws.GetValueOrDefault(flaw) + 1;

    private void Add(long at, ReadOnlySpan<byte> block)
    {
        if (!PageHeader.TryRead(block, out PageHeader header))
        {
            Count(PageFlaw.Header);
        }
        else if (header.Buffer != buffer)
        {
            Count(PageFlaw.OtherRing);
        }
        else if (geometry.PlaceOf(header) != at)
        {
            Count(PageFlaw.Misplaced);
        }
        else
        {
            _headers.Add((at, header));
        }
    }
}
