using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>The two copies of the static block as they were read.</summary>
/// <param name="Copies">The good ones, the newer first.</param>
/// <param name="IsBlank">Whether both places hold nothing but zeros.</param>
internal sealed record StaticArea(ImmutableArray<StaticCopy> Copies, bool IsBlank)
{
    private const int Size = RingGeometry.BlockSize;

    /// <summary>Whether both are good and say the same.</summary>
    public bool AreSame => Copies is [var first, var second] && first.Bytes.Span.SequenceEqual(second.Bytes.Span);

    /// <summary>Null if the device cannot be read.</summary>
    public static StaticArea? Read(IBlockDevice device, out DeviceFault fault)
    {
        byte[] bytes = new byte[RingGeometry.StaticBlocks * Size];
        fault = default;
        if (device.Length < bytes.Length)
        {
            return new StaticArea([], IsBlank: true);
        }

        // One copy may be on a bad sector.
        if (!device.TryRead(0, bytes.AsSpan(0, Size), out fault) & !device.TryRead(Size, bytes.AsSpan(Size), out DeviceFault second))
        {
            fault = second;
            return null;
        }

        return new StaticArea(
            [.. Good(bytes.AsMemory(0, Size), 0).Concat(Good(bytes.AsMemory(Size), 1)).OrderByDescending(copy => copy.Block.Generation)],
            bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0);
    }

    /// <summary>Writes one copy after the other, each durable before the next begins.</summary>
    /// <param name="device">The ring's.</param>
    /// <param name="block">What to write.</param>
    /// <param name="key">Authenticates it.</param>
    /// <param name="last">The copy that is written last: the only good one that there may be.</param>
    /// <param name="fault">What the disk said.</param>
    public static bool TryWrite(IBlockDevice device, StaticBlock block, SecretKey key, int last, out DeviceFault fault) =>
        TryWriteCopy(device, block, key, 1 - last, out fault) && TryWriteCopy(device, block, key, last, out fault);

    /// <summary>Writes one copy, and flushes.</summary>
    public static bool TryWriteCopy(IBlockDevice device, StaticBlock block, SecretKey key, int copy, out DeviceFault fault)
    {
        byte[] bytes = new byte[Size];
        block.Write(key, bytes);
        return device.TryWrite(copy * Size, bytes, out fault) && device.TryFlush(out fault);
    }

    private static IEnumerable<StaticCopy> Good(ReadOnlyMemory<byte> bytes, int at) =>
        StaticBlock.TryRead(bytes.Span, out StaticBlock? block) ? [new StaticCopy(block, bytes, at)] : [];
}
