using Sallyport.SealedRing.Devices;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>A device that fails or ends the process at its n-th call, on command.</summary>
internal sealed class FaultyDevice(IBlockDevice inner, Func<FaultyDevice.Fate> fate) : IBlockDevice
{
    public enum Fate
    {
        Works,
        Fails,
        Kills,
    }

    public long Length => inner.Length;

    public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) => Works("pread", out fault) && inner.TryRead(offset, destination, out fault);

    public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault) => Works("pwrite", out fault) && inner.TryWrite(offset, source, out fault);

    public bool TryFlush(out DeviceFault fault) => Works("fdatasync", out fault) && inner.TryFlush(out fault);

    public void Dispose() => inner.Dispose();

    private bool Works(string call, out DeviceFault fault)
    {
        Fate now = fate();
        fault = now == Fate.Fails ? new DeviceFault(call, 5) : default;
        return now == Fate.Kills ? throw new KilledException() : now == Fate.Works;
    }
}
