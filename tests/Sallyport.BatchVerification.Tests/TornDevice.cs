using Sallyport.SealedRing.Devices;
using Sallyport.TestKit;

namespace Sallyport.BatchVerification.Tests;

/// <summary>A device in memory that knows what a power cut would leave: all up to the last flush, and any part of what was written since.</summary>
internal sealed class TornDevice(byte[] image) : IBlockDevice
{
    private const int Sector = 512;

    private readonly List<(long Offset, byte[] Bytes)> _unflushed = [];
    private readonly byte[] _now = [.. image];
    private readonly byte[] _durable = [.. image];

    public long Length => _now.Length;

    /// <summary>All that was written.</summary>
    public byte[] Image() => [.. _now];

    /// <summary>What a power cut leaves.</summary>
    public byte[] Torn(Dice dice)
    {
        byte[] left = [.. _durable];
        foreach ((long offset, byte[] bytes) in _unflushed.OrderBy(_ => dice.Next(int.MaxValue)))
        {
            int kind = dice.Next(3);
            for (int at = 0; at < bytes.Length; at += Sector)
            {
                if (kind == 0 || (kind == 1 && dice.Next(2) == 0))
                {
                    bytes.AsSpan(at, Math.Min(Sector, bytes.Length - at)).CopyTo(left.AsSpan((int)offset + at));
                }
            }
        }

        return left;
    }

    public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault)
    {
        fault = default;
        return _now.AsSpan((int)offset, destination.Length).TryCopyTo(destination);
    }

    public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
    {
        fault = default;
        _unflushed.Add((offset, source.ToArray()));
        return source.TryCopyTo(_now.AsSpan((int)offset, source.Length));
    }

    public bool TryFlush(out DeviceFault fault)
    {
        fault = default;
        _now.CopyTo(_durable.AsSpan());
        _unflushed.Clear();
        return true;
    }

    public void Dispose()
    {
    }
}
