using System.IO.Compression;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>Reads pages back from the device and proves them. Whatever is not exactly what the ring wrote at that place is no page. Not safe for several threads.</summary>
internal sealed class PageReader(IBlockDevice device, RingGeometry geometry, RingKeys keys) : IDisposable
{
    private byte[] _page = new byte[RingGeometry.BlockSize];
    private byte[] _content = [];
    private (long Number, UInt128 Id, PageCipher Cipher)? _epoch;

    /// <summary>Why the last read failed; default if the device is not to blame.</summary>
    public DeviceFault Fault { get; private set; }

    public void Dispose() => _epoch?.Cipher.Dispose();

    /// <summary>Reads the header at a block, without any proof.</summary>
    public bool TryReadHeader(long block, out PageHeader header) => TryReadHeader(block, out header, out _);

    /// <summary>Reads and proves the page that starts at a block.</summary>
    /// <param name="block">On the device.</param>
    /// <param name="kind">What it has to be.</param>
    /// <param name="header">Of the page.</param>
    /// <param name="content">Decrypted; valid until the next read.</param>
    public bool TryRead(long block, PageKind kind, out PageHeader header, out ReadOnlySpan<byte> content)
    {
        content = [];
        if (!TryReadHeader(block, out header, out ReadOnlySpan<byte> page)
            || header.Kind != kind || geometry.PlaceOf(header) != block || !TryReadWhole(block, header, ref page))
        {
            return false;
        }

        if (_content.Length < header.Length)
        {
            _content = new byte[header.Length];
        }

        Span<byte> opened = _content.AsSpan(0, header.Length);
        content = opened;
        return Cipher(header).TryOpen(header, page, opened);
    }

    /// <summary>The body of a page's content.</summary>
    /// <returns>False if it is not what its interior says.</returns>
    public static bool TryReadBody(in PageHeader header, PageInterior interior, ReadOnlySpan<byte> content, out byte[] body)
    {
        ReadOnlySpan<byte> stored = content[interior.Size..];
        body = new byte[interior.BodyLength];
        if (!header.Flags.HasFlag(PageTraits.Compressed))
        {
            return stored.Length == body.Length && stored.TryCopyTo(body);
        }

        return BrotliDecoder.TryDecompress(stored, body, out int written) && written == body.Length;
    }

    private bool TryReadHeader(long block, out PageHeader header, out ReadOnlySpan<byte> page)
    {
        header = default;
        Fault = default;
        return TryReadBlocks(block, 1, out page) && PageHeader.TryRead(page, out header) && header.Buffer == keys.Buffer;
    }

    private bool TryReadWhole(long block, in PageHeader header, ref ReadOnlySpan<byte> page)
    {
        int blocks = RingGeometry.BlocksFor(PageHeader.Size + header.Length + PageCipher.TagSize);
        if (header.Kind != PageKind.Ring)
        {
            return blocks <= (header.Kind == PageKind.Snapshot ? geometry.SnapshotBlocks : 1) && (blocks == 1 || TryReadBlocks(block, blocks, out page));
        }

        // A page may go round the end of the ring.
        int beforeWrap = (int)Math.Min(blocks, geometry.Blocks - block);
        return blocks <= geometry.MaxPageBlocks
            && (blocks == 1 || (beforeWrap == blocks ? TryReadBlocks(block, blocks, out page) : TryReadRound(block, beforeWrap, blocks, out page)));
    }

    private bool TryReadBlocks(long block, int count, out ReadOnlySpan<byte> bytes)
    {
        if (device is ReadAheadDevice ahead && ahead.TryView(block * RingGeometry.BlockSize, count * RingGeometry.BlockSize, out bytes))
        {
            return true;
        }

        bytes = Room(count);
        return TryCopyBlocks(block, _page.AsSpan(0, bytes.Length));
    }

    private bool TryReadRound(long block, int beforeWrap, int blocks, out ReadOnlySpan<byte> bytes)
    {
        bytes = Room(blocks);
        int before = beforeWrap * RingGeometry.BlockSize;
        return TryCopyBlocks(block, _page.AsSpan(0, before)) && TryCopyBlocks(geometry.RingStart, _page.AsSpan(before, bytes.Length - before));
    }

    private bool TryCopyBlocks(long block, Span<byte> into)
    {
        bool isRead = device.TryRead(block * RingGeometry.BlockSize, into, out DeviceFault fault);
        Fault = isRead ? Fault : fault;
        return isRead;
    }

    private ReadOnlySpan<byte> Room(int blocks)
    {
        int size = blocks * RingGeometry.BlockSize;
        if (_page.Length < size)
        {
            Array.Resize(ref _page, size);
        }

        return _page.AsSpan(0, size);
    }

    // Neighbours are of the same epoch nearly always, so one is kept.
    private PageCipher Cipher(in PageHeader header)
    {
        if (_epoch is not { } epoch || epoch.Number != header.EpochNumber || epoch.Id != header.EpochId)
        {
            _epoch?.Cipher.Dispose();
            epoch = (header.EpochNumber, header.EpochId, keys.Pages(header.EpochNumber, header.EpochId));
            _epoch = epoch;
        }

        return epoch.Cipher;
    }
}
