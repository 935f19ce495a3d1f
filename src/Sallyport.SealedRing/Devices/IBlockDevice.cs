namespace Sallyport.SealedRing.Devices;

/// <summary>
/// A fixed number of bytes that survive a power cut once they are flushed: a file, a raw partition, or memory. One caller at a time for writes and flushes;
/// reads of other places may run beside them.
/// </summary>
public interface IBlockDevice : IDisposable
{
    /// <summary>Size in bytes; never changes.</summary>
    long Length { get; }

    /// <summary>Reads as many bytes as the span has.</summary>
    /// <param name="offset">From the start of the device.</param>
    /// <param name="destination">Filled when true; undefined when false.</param>
    /// <param name="fault">Why not.</param>
    bool TryRead(long offset, Span<byte> destination, out DeviceFault fault);

    /// <summary>Writes. Nothing is durable before a flush; after a power cut any part of it may be there, sector by sector.</summary>
    /// <param name="offset">From the start of the device.</param>
    /// <param name="source">All of it is written when true, any part of it when false.</param>
    /// <param name="fault">Why not.</param>
    bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault);

    /// <summary>Makes durable what was written. After a failure nothing written since the last success may be trusted, even if the next flush succeeds.</summary>
    /// <param name="fault">Why not.</param>
    bool TryFlush(out DeviceFault fault);
}
