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
        if (!IsHere(offset, destination.Length) && offset >= _aloneUntil && offset + destination.Length <= Length && destination.Length <= _piece.Length)
        {
            Load(offset);
        }

        if (!IsHere(offset, destination.Length))
        {
            return device.TryRead(offset, destination, out fault);
        }

        fault = default;
        return _piece.AsSpan((int)(offset - _start), destination.Length).TryCopyTo(destination);
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
