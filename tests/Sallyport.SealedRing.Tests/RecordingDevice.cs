using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Tests;

/// <summary>A device that remembers every write and flush, fails on command, and notes each nonce that is used with each key.</summary>
internal sealed class RecordingDevice(int length) : IBlockDevice
{
    private readonly MemoryDevice _memory = new(length);

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
        var device = new RecordingDevice(image.Length);
        image.CopyTo(device._memory.Bytes);
        return device;
    }

    /// <summary>Undoes what was written, and flips a bit: much cheaper than a new device.</summary>
    public void Reset(byte[] original, int flippedBit)
    {
        foreach (DeviceCall call in Log.Where(call => !call.IsFlush))
        {
            original.AsSpan((int)call.Offset, call.Bytes.Length).CopyTo(_memory.Bytes[(int)call.Offset..]);
        }

        Log.Clear();
        byte[] flipped = [(byte)(original[flippedBit / 8] ^ (1 << (flippedBit % 8)))];
        TryWrite(flippedBit / 8, flipped, out _);
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

    public void Dispose() => _memory.Dispose();

    private bool IsFailing(string call, out DeviceFault fault)
    {
        bool isFailing = FailAt is { } at && Calls >= at && Calls < at + FailTimes && (FailOnly is null || string.Equals(FailOnly, call, StringComparison.Ordinal));
        Calls++;
        fault = isFailing ? new DeviceFault(call, 5) : default;
        return isFailing;
    }
}
