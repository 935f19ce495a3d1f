using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing;

/// <summary>
/// One group commit: what is written, then flushed once. Prepared and completed under the owner's lock; run outside it, so that records keep coming in
/// while the disk works.
/// </summary>
public sealed class CommitWork
{
    private readonly List<(long Offset, int Start, int Length)> _writes = [];
    private byte[] _buffer = new byte[16 * RingGeometry.BlockSize];
    private int _used;

    internal CommitWork()
    {
    }

    /// <summary>Bytes that it writes.</summary>
    public int Bytes => _used;

    /// <summary>After it was completed: whether the ring has more to write, so that it should be prepared again at once.</summary>
    public bool HasMore { get; internal set; }

    /// <summary>Whether it holds all that was not durable; otherwise it is what has to come first, states alone.</summary>
    public bool IsWhole { get; internal set; }

    internal List<PageEntry> Pages { get; } = [];

    internal OpenPage? Snapshot { get; set; }

    internal int SnapshotCount { get; set; }

    internal RingNumbers? State { get; set; }

    internal long HeadBefore { get; set; }

    internal bool IsEmpty => _writes.Count == 0;

    internal bool IsBusy { get; set; }

    internal EpochChange? Change { get; set; }

    internal bool IsCopies { get; set; }

    internal bool IsCountAlone { get; set; }

    internal long GenerationBefore { get; set; }

    /// <summary>Writes and flushes.</summary>
    /// <param name="device">The ring's.</param>
    /// <param name="fault">What the disk said.</param>
    /// <returns>True if all of it is durable; otherwise nothing of it may be trusted.</returns>
    public bool TryRun(IBlockDevice device, out DeviceFault fault)
    {
        for (int at = 0; at < _writes.Count; at++)
        {
            (long offset, int start, int length) = _writes[at];
            while (at + 1 < _writes.Count && _writes[at + 1].Offset == offset + length && _writes[at + 1].Start == start + length)
            {
                length += _writes[++at].Length;
            }

            if (!device.TryWrite(offset, _buffer.AsSpan(start, length), out fault))
            {
                return false;
            }
        }

        return device.TryFlush(out fault);
    }

    internal void Reset(long head, long generation)
    {
        _writes.Clear();
        _used = 0;
        Pages.Clear();
        Snapshot = null;
        SnapshotCount = 0;
        State = null;
        Change = null;
        (IsWhole, IsCopies, IsCountAlone, HasMore) = (false, false, false, false);
        (HeadBefore, GenerationBefore) = (head, generation);
    }

    /// <summary>Room for so many blocks; they are written by <see cref="Place"/>.</summary>
    internal Span<byte> Rent(int blocks)
    {
        int length = blocks * RingGeometry.BlockSize;
        if (_buffer.Length < _used + length)
        {
            Array.Resize(ref _buffer, Math.Max(_used + length, _buffer.Length * 2));
        }

        return _buffer.AsSpan(_used, length);
    }

    /// <summary>Says where the blocks that were rented last go.</summary>
    /// <param name="block">First block on the device.</param>
    /// <param name="blocks">How many.</param>
    /// <param name="beforeWrap">How many of them come before the end of the ring; the rest goes to <paramref name="wrapTo"/>.</param>
    /// <param name="wrapTo">First block of the ring.</param>
    internal void Place(long block, int blocks, int beforeWrap, long wrapTo)
    {
        const int Size = RingGeometry.BlockSize;
        int first = Math.Min(blocks, beforeWrap);
        _writes.Add((block * Size, _used, first * Size));
        if (first < blocks)
        {
            _writes.Add((wrapTo * Size, _used + (first * Size), (blocks - first) * Size));
        }

        _used += blocks * Size;
    }
}
