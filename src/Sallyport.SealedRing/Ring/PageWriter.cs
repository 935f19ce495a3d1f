using System.Collections.Immutable;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>Turns pages into encrypted blocks. Not safe for several threads.</summary>
internal sealed class PageWriter(RingGeometry geometry, SealingKeys keys, BodyCompression compression)
{
    /// <summary>Of the epoch that pages are encrypted in.</summary>
    public SealingKeys Keys { get; set; } = keys;

    private static readonly ImmutableArray<byte> NoMac = [.. new byte[BatchFields.MacSize]];

    private int _tailSlot;

    /// <summary>How many blocks a page takes, and how it is written.</summary>
    public int Measure(int interiorSize, ReadOnlySpan<byte> body, out ReadOnlySpan<byte> stored, out bool isCompressed)
    {
        stored = body;
        isCompressed = false;
        int blocks = BlocksFor(interiorSize + body.Length);
        if (blocks > 1 && compression.TryCompress(body, out ReadOnlySpan<byte> smaller) && BlocksFor(interiorSize + smaller.Length) is var fewer && fewer < blocks)
        {
            stored = smaller;
            isCompressed = true;
            return fewer;
        }

        return blocks;
    }

    /// <summary>Writes a page to its position.</summary>
    public void WritePage(CommitWork work, PageEntry page, PageInterior interior, RingContext context, ReadOnlySpan<byte> stored, bool isCompressed)
    {
        PageHeader header = Header(Keys, PageKind.Ring, interior.Size + stored.Length, context) with
        {
            Content = page.Fields.Content,
            Mark = page.Fields.Mark,
            Flags = page.Fields.Flags | (isCompressed ? PageTraits.Compressed : PageTraits.None),
            Page = page.Number,
            FirstSeq = page.Fields.FirstSeq,
            Count = page.Fields.Count,
            Lost = page.Fields.Lost,
            Position = page.Position,
        };
        long block = geometry.RingBlock(page.Position);
        Seal(work, header, page.Blocks, interior, stored);
        work.Place(block, page.Blocks, (int)Math.Min(page.Blocks, geometry.Blocks - block), geometry.RingStart);
    }

    /// <summary>Writes the open page into the next tail slot, never over the last good one.</summary>
    public void WriteSnapshot(CommitWork work, OpenPage open, long number, long lost, RingContext context)
    {
        PageInterior interior = new()
        {
            PreviousMac = NoMac,
            Mac = NoMac,
            KeyId = Keys.KeyId,
            Epoch = Keys.Epoch,
            OpenedWallMs = open.OpenedAt.Wall.ToUnixTimeMilliseconds(),
            SealedWallMs = 0,
            OldestSeq = context.OldestSeq,
            BodyLength = open.Length,
            Gaps = [],
            Pending = context.Pending,
            PendingUncounted = context.PendingUncounted,
            Told = context.Told,
        };
        int blocks = Measure(interior.Size, open.Body.Span, out ReadOnlySpan<byte> stored, out bool isCompressed);
        _tailSlot = Keys.Ring.Design.NextTailSlot(_tailSlot);
        PageHeader header = Header(Keys, PageKind.Snapshot, interior.Size + stored.Length, context) with
        {
            Content = open.Content,
            Mark = open.Mark,
            Flags = isCompressed ? PageTraits.Compressed : PageTraits.None,
            Page = number,
            FirstSeq = open.FirstSeq,
            Count = open.Count,
            Version = ++open.Version,
            Lost = lost,
            Position = _tailSlot,
        };
        long block = geometry.TailBlock(_tailSlot);
        Seal(work, header, blocks, interior, stored);
        work.Place(block, blocks, blocks, 0);
    }

    /// <summary>Writes a state into its slot.</summary>
    /// <param name="work">Gets it.</param>
    /// <param name="keys">Of the epoch that it begins, or of the one that there is.</param>
    /// <param name="state">What it says.</param>
    /// <param name="generation">Of the slot.</param>
    /// <param name="context">Of the ring.</param>
    public static void WriteState(CommitWork work, SealingKeys keys, RingState state, long generation, RingContext context)
    {
        long slot = generation % RingGeometry.StateSlots;
        PageHeader header = Header(keys, PageKind.State, state.Size, context) with { Page = generation, Position = slot, Lost = state.Lost };
        long block = RingGeometry.StateBlock(slot);
        Span<byte> to = work.Rent(1);
        state.Write(keys.NextChainRoot, to[PageHeader.Size..]);
        keys.Pages.Seal(header, to);
        work.Place(block, 1, 1, 0);
    }

    private static int BlocksFor(int content) => RingGeometry.BlocksFor(PageHeader.Size + content + PageCipher.TagSize);

    private void Seal(CommitWork work, in PageHeader header, int blocks, PageInterior interior, ReadOnlySpan<byte> stored)
    {
        Span<byte> to = work.Rent(blocks);
        interior.Write(to[PageHeader.Size..]);
        stored.CopyTo(to[(PageHeader.Size + interior.Size)..]);
        Keys.Pages.Seal(header, to);
    }

    private static PageHeader Header(SealingKeys keys, PageKind kind, int length, RingContext context) => new()
    {
        Kind = kind,
        Length = length,
        Buffer = keys.Ring.Buffer,
        EpochId = keys.Epoch.Id,
        EpochNumber = keys.Epoch.Number,
        Nonce = keys.Nonces.Next(),
        OldestPage = context.OldestPage,
        PreviousPage = context.PreviousPage,
    };
}
