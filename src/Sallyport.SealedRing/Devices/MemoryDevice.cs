namespace Sallyport.SealedRing.Devices;

/// <summary>A device in memory: what a ring works on where there is no disk. It forgets with the process.</summary>
/// <param name="length">In bytes.</param>
public sealed class MemoryDevice(int length) : IBlockDevice
{
    private readonly byte[] _bytes = new byte[length];

    /// <inheritdoc/>
    public long Length => _bytes.Length;

    /// <summary>All that it holds.</summary>
    public Span<byte> Bytes => _bytes;

    /// <inheritdoc/>
    public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault)
    {
        fault = default;
        return _bytes.AsSpan((int)offset, destination.Length).TryCopyTo(destination);
    }

    /// <inheritdoc/>
    public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
    {
        fault = default;
        return source.TryCopyTo(_bytes.AsSpan((int)offset, source.Length));
    }

    /// <inheritdoc/>
    public bool TryFlush(out DeviceFault fault)
    {
        fault = default;
        return true;
    }

    /// <summary>Nothing to give back.</summary>
    public void Dispose()
    {
    }
}
