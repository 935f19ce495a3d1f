namespace Sallyport.SealedRing.Format;

/// <summary>Where what lies on a device; docs/formats/sealed-ring.md. All in blocks of 4096 bytes, the unit in which flash is written.</summary>
/// <param name="Blocks">All of them. At least 64 (256 KiB).</param>
/// <param name="SnapshotBlocks">Size of a tail slot: room for the largest page that is still open. 1 to 64.</param>
public sealed record RingGeometry(long Blocks, int SnapshotBlocks)
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockSize = 4096;

    /// <summary>Copies of the static block.</summary>
    public const int StaticBlocks = 2;

    /// <summary>State slots of one block each.</summary>
    public const int StateSlots = 4;

    /// <summary>Tail slots.</summary>
    public const int TailSlots = 4;

    /// <summary>Smallest device, in bytes.</summary>
    public const long MinSize = 256 * 1024;

    /// <summary>Largest device, in bytes.</summary>
    public const long MaxSize = 16L * 1024 * 1024 * 1024;

    /// <summary>First block of the ring itself.</summary>
    public long RingStart => StaticBlocks + StateSlots + (TailSlots * (long)SnapshotBlocks);

    /// <summary>Blocks of the ring itself.</summary>
    public long RingBlocks => Blocks - RingStart;

    /// <summary>Blocks of the largest page: at least four of them have room.</summary>
    public int MaxPageBlocks => (int)Math.Min(MaxPageBytes / BlockSize, RingBlocks / 4);

    /// <summary>Bytes of the largest page that there is in any ring: a message of 255,000 bytes and what a page adds.</summary>
    public const int MaxPageBytes = 64 * BlockSize;

    /// <summary>Whether the numbers make a ring.</summary>
    public bool IsSound =>
        Blocks is >= MinSize / BlockSize and <= MaxSize / BlockSize && SnapshotBlocks is >= 1 and <= 64 && RingBlocks >= Blocks / 4;

    /// <summary>The block of a state slot.</summary>
    public static long StateBlock(long slot) => StaticBlocks + slot;

    /// <summary>The first block of a tail slot.</summary>
    public long TailBlock(long slot) => StaticBlocks + StateSlots + (slot * SnapshotBlocks);

    /// <summary>The block of a position in the ring. Positions count from 0 for ever; the ring wraps.</summary>
    public long RingBlock(long position) => RingStart + (position % RingBlocks);

    /// <summary>The block where a page says that it stands; −1 for nowhere.</summary>
    internal long PlaceOf(in PageHeader header) => header.Kind switch
    {
        PageKind.Ring => RingBlock(header.Position),
        PageKind.Snapshot when header.Position < TailSlots => TailBlock(header.Position),
        PageKind.State when header.Position < StateSlots => StateBlock(header.Position),
        _ => -1,
    };

    /// <summary>The most bytes that a page has besides its body.</summary>
    public const int MostBesideBody = PageHeader.Size + PageInterior.MaxSize + PageCipher.TagSize;

    /// <summary>How many blocks a number of bytes takes.</summary>
    public static int BlocksFor(int bytes) => (bytes + BlockSize - 1) / BlockSize;
}
