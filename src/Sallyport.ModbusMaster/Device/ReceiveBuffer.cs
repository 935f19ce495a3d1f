using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Device;

/// <summary>What has come over a wire and was not taken yet. Guarded by the lock of its line, but for <see cref="Free"/>: only the receiver moves its beginning.</summary>
internal sealed class ReceiveBuffer
{
    private readonly byte[] _bytes = new byte[4 * (MbapHeader.Size + MbapHeader.MaxPduLength)];
    private int _filled;
    private int _stale;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_filled);

    /// <summary>What may belong to the request that is on its way.</summary>
    public ReadOnlySpan<byte> Fresh => _bytes.AsSpan(_stale.._filled);

    public bool IsEmpty => _filled == 0;

    /// <summary>So many bytes have come; what went stale before goes now.</summary>
    public void Received(int count)
    {
        _filled += count;
        Take(_stale);
        _stale = 0;
    }

    /// <summary>So many bytes at the beginning are done with.</summary>
    public void Take(int count)
    {
        _filled -= count;
        if (_filled > 0 && count > 0)
        {
            _bytes.AsSpan(count, _filled).CopyTo(_bytes);
        }
    }

    /// <summary>What is there belongs to a request that is over. It cannot go at once: the receiver may be filling the place behind it.</summary>
    public void MakeStale() => _stale = _filled;
}
