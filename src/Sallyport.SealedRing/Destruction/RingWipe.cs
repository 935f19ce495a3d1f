using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.SealedRing.Recovery;

namespace Sallyport.SealedRing.Destruction;

/// <summary>Destroys a ring for good. An interrupted wipe goes on where it was; none can be called back.</summary>
/// <param name="device">The ring's.</param>
/// <param name="fillRandom">Random bytes.</param>
/// <param name="time">For the report.</param>
public sealed class RingWipe(IBlockDevice device, Action<Span<byte>> fillRandom, TimeProvider time)
{
    private const int Block = RingGeometry.BlockSize;
    private const int Chunk = 16 * Block;
    private const long Rest = RingGeometry.StaticBlocks * Block;

    private WipeStep _reached;

    /// <summary>Hears the bytes that are overwritten so far, for a display; null for nobody.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Begins. The keys of the ring are zeroed in memory first; no commit of it may be running.</summary>
    /// <param name="ring">Disposed here.</param>
    public WipeOutcome Run(PageRing ring)
    {
        (UInt128 buffer, RingGeometry geometry, long lastSeq, long unsent) = (ring.Buffer, ring.Geometry, ring.NextSeq - 1, ring.Depth);
        ring.Dispose();
        if (StaticArea.Read(device, out DeviceFault fault) is not { } area)
        {
            return new WipeOutcome.Interrupted(WipeStep.None, fault);
        }

        // Both copies may have gone bad since the ring was opened.
        StaticBlock block = area.Copies.FirstOrDefault(copy => copy.Block.Buffer == buffer)?.Block
            ?? new StaticBlock(buffer, geometry, 0, 0, IsWiping: true, [new KeySlot(KeySlotKind.None, [])]);
        return Run(
            block with { IsWiping = true, Generation = block.Generation + 1, LastSeq = lastSeq, Unsent = unsent }, lastToFlag: 1, wasResumed: false);
    }

    /// <summary>Goes on with a wipe that was interrupted.</summary>
    public WipeOutcome Resume()
    {
        if (StaticArea.Read(device, out DeviceFault fault) is not { } area)
        {
            return new WipeOutcome.Interrupted(WipeStep.None, fault);
        }

        return area.Copies.FirstOrDefault(copy => copy.Block.IsWiping) is { } copy
            ? Run(copy.Block, lastToFlag: copy.At, wasResumed: true)
            : new WipeOutcome.NothingToWipe();
    }

    /// <summary>Wipes what nobody has opened, without any key: a ring, one whose wipe was interrupted, or whatever else is not blank.</summary>
    /// <returns>The numbers of its report are those that the headers say in clear, which nothing proves.</returns>
    public WipeOutcome RunUnopened()
    {
        if (StaticArea.Read(device, out DeviceFault fault) is not { } area)
        {
            return new WipeOutcome.Interrupted(WipeStep.None, fault);
        }

        if (area.Copies.Any(copy => copy.Block.IsWiping))
        {
            return Resume();
        }

        StaticCopy? good = area.Copies.FirstOrDefault();
        OrphanReport held = OrphanReport.Of(device, good?.Block.Buffer);
        if (area.IsBlank && held.Pages == 0)
        {
            return new WipeOutcome.NothingToWipe();
        }

        StaticBlock block = good?.Block
            ?? new StaticBlock(held.Buffer, new RingGeometry(device.Length / Block, 1), 0, 0, IsWiping: true, [new KeySlot(KeySlotKind.None, [])]);
        long unsent = held.LastSeq - held.FirstSeq + 1;
        return Run(
            block with { IsWiping = true, Generation = block.Generation + 1, LastSeq = held.LastSeq, Unsent = unsent }, good?.At ?? 1, wasResumed: false);
    }

    private WipeOutcome Run(StaticBlock block, int lastToFlag, bool wasResumed)
    {
        _reached = WipeStep.None;
        using var noKey = SecretKey.Create(bytes => fillRandom(bytes));
        return TryFlag(block, noKey, lastToFlag, out DeviceFault fault)
            && TryDestroyKeys(block, noKey, out fault)
            && TryOverwriteRest(out fault)
            && TryReadBack(out fault)
            && TryBlank(out fault)
            ? new WipeOutcome.Wiped(new WipeReport(block.Buffer, block.LastSeq, block.Unsent, device.Length, wasResumed, time.GetUtcNow()))
            : new WipeOutcome.Interrupted(_reached, fault);
    }

    // The slots as they are, so that a power cut between the two copies loses no key: until both are flagged nothing is destroyed.
    private bool TryFlag(StaticBlock block, SecretKey noKey, int last, out DeviceFault fault) =>
        StaticArea.TryWrite(device, block, noKey, last, out fault) && Reach(WipeStep.Flagged);

    private bool TryDestroyKeys(StaticBlock block, SecretKey noKey, out DeviceFault fault)
    {
        StaticBlock random = block with { Slots = [.. Enumerable.Range(0, KeySlot.Most).Select(_ => new KeySlot(KeySlotKind.None, Noise()))] };
        StaticBlock zero = block with { Slots = [new KeySlot(KeySlotKind.None, [])] };
        return StaticArea.TryWrite(device, random, noKey, last: 1, out fault)
            && StaticArea.TryWrite(device, zero, noKey, last: 1, out fault)
            && Reach(WipeStep.KeysDestroyed);
    }

    private bool TryOverwriteRest(out DeviceFault fault)
    {
        byte[] zeros = new byte[Chunk];
        for (long at = Rest; at < device.Length; at += Chunk)
        {
            if (!device.TryWrite(at, zeros.AsSpan(0, (int)Math.Min(Chunk, device.Length - at)), out fault))
            {
                return false;
            }

            Progress?.Invoke(Math.Min(at + Chunk, device.Length));
        }

        return device.TryFlush(out fault) && Reach(WipeStep.Overwritten);
    }

    private bool TryReadBack(out DeviceFault fault)
    {
        byte[] read = new byte[Chunk];
        for (long at = Rest; at < device.Length; at += Chunk)
        {
            Span<byte> part = read.AsSpan(0, (int)Math.Min(Chunk, device.Length - at));
            if (!device.TryRead(at, part, out fault))
            {
                return false;
            }

            if (part.IndexOfAnyExcept((byte)0) >= 0)
            {
                fault = new DeviceFault("compare", 0);
                return false;
            }
        }

        fault = default;
        return Reach(WipeStep.ReadBack);
    }

    private bool TryBlank(out DeviceFault fault)
    {
        byte[] zeros = new byte[Block];
        for (int copy = 0; copy < RingGeometry.StaticBlocks; copy++)
        {
            if (!device.TryWrite(copy * Block, zeros, out fault) || !device.TryFlush(out fault))
            {
                return false;
            }
        }

        fault = default;
        return Reach(WipeStep.Blank);
    }

    private bool Reach(WipeStep step)
    {
        _reached = step;
        return true;
    }

    private ImmutableArray<byte> Noise()
    {
        byte[] noise = new byte[KeySlot.MaxWrapped];
        fillRandom(noise);
        return [.. noise];
    }
}
