using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing;

/// <summary>The two copies of the static block as they were read.</summary>
/// <param name="Copies">The good ones, the newer first, each with its bytes.</param>
/// <param name="IsBlank">Whether both places hold nothing but zeros.</param>
internal sealed record StaticArea(ImmutableArray<(StaticBlock Block, ReadOnlyMemory<byte> Bytes)> Copies, bool IsBlank)
{
    private const int Size = RingGeometry.BlockSize;

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
            [.. Good(bytes.AsMemory(0, Size)).Concat(Good(bytes.AsMemory(Size))).OrderByDescending(copy => copy.Block.Generation)],
            bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0);
    }

    /// <summary>Writes one copy after the other, each durable before the next begins.</summary>
    public static bool TryWrite(IBlockDevice device, StaticBlock block, SecretKey staticKey, out DeviceFault fault)
    {
        byte[] bytes = new byte[Size];
        block.Write(staticKey, bytes);
        fault = default;
        for (int copy = 0; copy < RingGeometry.StaticBlocks; copy++)
        {
            if (!device.TryWrite(copy * Size, bytes, out fault) || !device.TryFlush(out fault))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(StaticBlock Block, ReadOnlyMemory<byte> Bytes)> Good(ReadOnlyMemory<byte> bytes) =>
        StaticBlock.TryRead(bytes.Span, out StaticBlock? block) ? [(block, bytes)] : [];
}
