using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Tests;

/// <summary>A device that remembers every write and flush, fails on command, and notes each nonce that is used with each key.</summary>
internal sealed class RecordingDevice(byte[] image) : IBlockDevice
{
    private readonly MemoryDevice _memory = new(image.Length);

    public List<DeviceCall> Log { get; } = [];

    /// <summary>Fails the n-th call, counted from 0; null for none.</summary>
    public int? FailAt { get; set; }

    /// <summary>How long it goes on failing.</summary>
    public int FailTimes { get; set; } = 1;

    /// <summary>The only system call that fails; null for all.</summary>
    public string? FailOnly { get; set; }

    public int Calls { get; private set; }

    public long Length => _memory.Length;

    public static RecordingDevice Of(byte[] image)
    {
        var device = new RecordingDevice(image);
        image.CopyTo(device._memory.Bytes);
        return device;
    }

    public byte[] Image() => _memory.Bytes.ToArray();

    public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) =>
        !IsFailing("pread", out fault) && _memory.TryRead(offset, destination, out fault);

    public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
    {
        if (IsFailing("pwrite", out fault))
        {
            return false;
        }

        Log.Add(new DeviceCall(offset, source.ToArray()));
        return _memory.TryWrite(offset, source, out fault);
    }

    public bool TryFlush(out DeviceFault fault)
    {
        if (IsFailing("fdatasync", out fault))
        {
            return false;
        }

        Log.Add(DeviceCall.Flush);
        return true;
    }

    public void Dispose()
    {
    }

    private bool IsFailing(string call, out DeviceFault fault)
    {
        bool isFailing = FailAt is { } at && Calls >= at && Calls < at + FailTimes && (FailOnly ?? call) == call;
        Calls++;
        fault = isFailing ? new DeviceFault(call, 5) : default;
        return isFailing;
    }
}

/// <summary>A write, or a flush.</summary>
internal sealed record DeviceCall(long Offset, byte[] Bytes)
{
    public static DeviceCall Flush { get; } = new(-1, []);

    public bool IsFlush => Offset < 0;

    /// <summary>The headers of the pages in it.</summary>
    public IEnumerable<PageHeader> Headers()
    {
        for (int at = 0; at + RingGeometry.BlockSize <= Bytes.Length; at += RingGeometry.BlockSize)
        {
            if (PageHeader.TryRead(Bytes.AsSpan(at), out PageHeader header))
            {
                yield return header;
            }
        }
    }
}
