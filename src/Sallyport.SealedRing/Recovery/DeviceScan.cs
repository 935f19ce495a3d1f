using System.Collections.Immutable;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Recovery;

/// <summary>All that a device holds and that proves to be the ring's. Total: every pattern of bytes and every read error gives an answer.</summary>
/// <param name="Pages">Of the ring, each number once, by number.</param>
/// <param name="Snapshots">Of the tail slots.</param>
/// <param name="State">The newest; null if none is good.</param>
/// <param name="BadPages">Headers that look like ours in front of something that is not.</param>
/// <param name="UnreadableBlocks">Blocks that the disk would not give.</param>
internal sealed record DeviceScan(
    ImmutableArray<FoundPage> Pages, ImmutableArray<FoundPage> Snapshots, FoundState? State, int BadPages, int UnreadableBlocks)
{
    /// <summary>Of a device that was made just now.</summary>
    public static DeviceScan Nothing { get; } = new([], [], null, 0, 0);

    public static DeviceScan Of(PageReader reader, RingGeometry geometry)
    {
        var pages = new Dictionary<long, FoundPage>();
        var snapshots = new List<FoundPage>();
        var states = new List<FoundState>();
        int bad = 0;
        int unreadable = 0;

        for (long slot = 0; slot < RingGeometry.StateSlots; slot++)
        {
            if (ReadState(reader, slot, ref bad, ref unreadable) is { } found)
            {
                states.Add(found);
            }
        }

        FoundState? newest = states.MaxBy(state => state.Header.Page);
        foreach (FoundState older in states.Where(state => state != newest))
        {
            older.NextChainRoot.Dispose();
        }

        for (long slot = 0; slot < RingGeometry.TailSlots; slot++)
        {
            if (ReadPage(reader, geometry.TailBlock(slot), PageKind.Snapshot, ref bad, ref unreadable) is { } found)
            {
                snapshots.Add(found);
            }
        }

        for (long block = geometry.RingStart; block < geometry.Blocks; block++)
        {
            if (ReadPage(reader, block, PageKind.Ring, ref bad, ref unreadable) is { } found)
            {
                // After a failed flush the same page may lie in two places; both are good.
                if (!pages.TryGetValue(found.Header.Page, out FoundPage? other) || other.Header.Position < found.Header.Position)
                {
                    pages[found.Header.Page] = found;
                }

                block += found.Blocks - 1;
            }
        }

        return new DeviceScan([.. pages.Values.OrderBy(page => page.Header.Page)], [.. snapshots], newest, bad, unreadable);
    }

    private static FoundState? ReadState(PageReader reader, long slot, ref int bad, ref int unreadable)
    {
        if (reader.TryRead(RingGeometry.StateBlock(slot), PageKind.State, out PageHeader header, out ReadOnlySpan<byte> content)
            && header.Page % RingGeometry.StateSlots == slot
            && RingState.TryRead(content, out (RingState State, SecretKey NextChainRoot) read))
        {
            return new FoundState(header, read.State, read.NextChainRoot);
        }

        Count(reader, header, PageKind.State, ref bad, ref unreadable);
        return null;
    }

    private static FoundPage? ReadPage(PageReader reader, long block, PageKind kind, ref int bad, ref int unreadable)
    {
        if (reader.TryRead(block, kind, out PageHeader header, out ReadOnlySpan<byte> content)
            && header.Count > 0
            && PageInterior.TryRead(content, out PageInterior? interior)
            && TryReadBody(kind, header, interior!, content, out byte[] body))
        {
            return new FoundPage(header, interior!, RingGeometry.BlocksFor(PageHeader.Size + header.Length + PageCipher.TagSize), body);
        }

        Count(reader, header, kind, ref bad, ref unreadable);
        return null;
    }

    // A page in the ring was proven by its tag; its body is unpacked when it is sent.
    private static bool TryReadBody(PageKind kind, in PageHeader header, PageInterior interior, ReadOnlySpan<byte> content, out byte[] body)
    {
        body = [];
        return kind == PageKind.Ring || PageReader.TryReadBody(header, interior, content, out body);
    }

    private static void Count(PageReader reader, in PageHeader header, PageKind kind, ref int bad, ref int unreadable)
    {
        unreadable += reader.Fault != default ? 1 : 0;
        bad += reader.Fault == default && header.Kind == kind ? 1 : 0;
    }
}
