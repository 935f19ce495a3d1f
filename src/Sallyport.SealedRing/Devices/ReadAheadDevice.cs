namespace Sallyport.SealedRing.Devices;

/// <summary>
/// Reads a device in large pieces, for whoever goes through it from front to back. Where a piece cannot be read, each part of it is read alone: one bad sector
/// hides no neighbour, and a disk that takes long to say no is not asked twice.
/// </summary>
internal sealed class ReadAheadDevice(IBlockDevice device) : IBlockDevice
{
    // Small enough not to be a large object, which the collector would map and clear anew.
    private const int PieceSize = 64 * 1024;

    private readonly byte[] _piece = GC.AllocateUninitializedArray<byte>((int)Math.Min(PieceSize, device.Length));
    private long _start;
    private int _length;
    private long _aloneUntil;

    public long Length => device.Length;

    public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault)
    {
        if (!TryView(offset, destination.Length, out ReadOnlySpan<byte> view))
        {
            return device.TryRead(offset, destination, out fault);
        }

        fault = default;
        return view.TryCopyTo(destination);
    }

    /// <summary>The bytes without a copy of them, valid until the next call; false if only a copy is to be had, or a fault.</summary>
    public bool TryView(long offset, int length, out ReadOnlySpan<byte> view)
    {
        if (!IsHere(offset, length) && offset >= _aloneUntil && offset + length <= Length && length <= _piece.Length)
        {
            Load(offset);
        }

        view = IsHere(offset, length) ? _piece.AsSpan((int)(offset - _start), length) : [];
        return view.Length == length;
    }

    public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
    {
        _length = 0;
        return device.TryWrite(offset, source, out fault);
    }

    public bool TryFlush(out DeviceFault fault) => device.TryFlush(out fault);

    /// <summary>The device stays the caller's.</summary>
    public void Dispose() => _length = 0;

    private bool IsHere(long offset, int length) => offset >= _start && offset + length <= _start + _length;

    private void Load(long offset)
    {
        int length = (int)Math.Min(_piece.Length, Length - offset);
        bool isRead = device.TryRead(offset, _piece.AsSpan(0, length), out _);
        (_start, _length) = (offset, isRead ? length : 0);
        _aloneUntil = isRead ? _aloneUntil : offset + length;
    }
}
