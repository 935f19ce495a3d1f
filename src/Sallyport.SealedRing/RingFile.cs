using System.Buffers.Binary;
using System.Collections.Immutable;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;
using Sallyport.SealedRing.Recovery;

namespace Sallyport.SealedRing;

/// <summary>Opens the ring on a device, or makes one. Total: every content of the device leads to a ring that runs, unless its key is only out of reach.</summary>
/// <param name="options">What the owner decides.</param>
/// <param name="wrappers">The ways to wrap the key, the preferred first. A new ring gets a slot of each that answers; at least one must.</param>
/// <param name="time">For the dates in it.</param>
public sealed class RingFile(RingOptions options, ImmutableArray<IKeyWrapper> wrappers, TimeProvider time)
{
    private readonly KeyRing _keyRing = new(wrappers);

    /// <summary>Who checks the seals; null for nobody yet. A ring that was announced to another begins a new key period when it opens.</summary>
    public VerifierKey? Verifier { get; init; }

    /// <summary>Begins a new key period at the next opening in any case: the verifier's key may be in other hands.</summary>
    public bool StartsKeyPeriod { get; init; }

    /// <summary>Opens what a device holds; a device of nothing but zeros, or of anything that is no ring, gets a new one.</summary>
    /// <param name="device">Passes to the ring if it opens; otherwise it stays the caller's.</param>
    /// <param name="snapshotBlocks">For a new ring: <see cref="RingGeometry.SnapshotBlocks"/>.</param>
    /// <param name="cancellationToken">Ends the wait for a key.</param>
    public Task<RingOpening> OpenAsync(IBlockDevice device, int snapshotBlocks, CancellationToken cancellationToken) =>
        OpenAsync(device, snapshotBlocks, lost => (lost, null), cancellationToken);

    /// <summary>The same, with a say in what becomes of a device whose key is lost: it gives the device for the new ring, and where the old one is kept.</summary>
    internal async Task<RingOpening> OpenAsync(
        IBlockDevice device, int snapshotBlocks, Func<IBlockDevice, (IBlockDevice Device, string? KeptAs)> setAside, CancellationToken cancellationToken)
    {
        if (StaticArea.Read(device, out DeviceFault fault) is not { } area)
        {
            return new RingOpening.Failed(fault);
        }

        if (area.Copies.Any(copy => copy.Block.IsWiping))
        {
            return new RingOpening.Wiping();
        }

        RingOpening? refusal = null;
        foreach (StaticCopy copy in area.Copies)
        {
            switch (await _keyRing.UnwrapAsync(copy.Block, cancellationToken))
            {
                case KeyUnwrapping.Unwrapped unwrapped when IsAuthentic(copy, unwrapped.Key):
                    KeySlotReport slots = await _keyRing.RenewAsync(device, copy, area.AreSame, unwrapped.Key, cancellationToken);
                    return Start(device, copy.Block, unwrapped.Key, isNew: false, RingOrigin.Existing, slots);
                case KeyUnwrapping.Unwrapped unwrapped:
                    unwrapped.Key.Dispose();
                    break;
                case KeyUnwrapping.Unavailable unavailable:
                    refusal = new RingOpening.KeyUnavailable(unavailable.Reason);
                    break;
            }
        }

        return refusal ?? await CreateAsync(device, snapshotBlocks, area, setAside, cancellationToken);
    }

    private static bool IsAuthentic(StaticCopy copy, SecretKey root)
    {
        using SecretKey key = RingKeys.StaticOf(root, copy.Block.Buffer);
        return StaticBlock.IsAuthentic(key, copy.Bytes.Span);
    }

    private async Task<RingOpening> CreateAsync(
        IBlockDevice device, int snapshotBlocks, StaticArea before, Func<IBlockDevice, (IBlockDevice Device, string? KeptAs)> setAside, CancellationToken cancellationToken)
    {
        var geometry = new RingGeometry(Math.Min(device.Length, RingGeometry.MaxSize) / RingGeometry.BlockSize, snapshotBlocks);
        if (!geometry.IsSound)
        {
            return new RingOpening.Failed(new DeviceFault("the device is too small for a ring: lseek", 0));
        }

        UInt128 buffer = Random();
        var key = SecretKey.Create(bytes => options.FillRandom(bytes));
        (ImmutableArray<KeySlot> slots, ImmutableArray<string> missing) = await _keyRing.WrapAsync(key, buffer, cancellationToken);
        if (!slots.Any(slot => slot.Kind != KeySlotKind.Escrow))
        {
            key.Dispose();
            return new RingOpening.KeyUnavailable(missing is [string reason, ..] ? reason : "no way to wrap a key is configured that this gateway can unwrap again");
        }

        OrphanReport? orphan = before.IsBlank ? null : OrphanReport.Of(device, before.Copies is [var copy, ..] ? copy.Block.Buffer : null);
        (IBlockDevice place, string? keptAs) = orphan is null ? (device, null) : setAside(device);
        var block = new StaticBlock(buffer, geometry, 1, time.GetUtcNow().ToUnixTimeMilliseconds(), IsWiping: false, slots);
        using SecretKey staticKey = RingKeys.StaticOf(key, buffer);
        if (!StaticArea.TryWrite(place, block, staticKey, last: 1, out DeviceFault fault))
        {
            key.Dispose();
            return new RingOpening.Failed(fault);
        }

        ImmutableArray<KeySlotKind> kinds = [.. slots.Select(slot => slot.Kind)];
        RingOrigin origin = orphan is null ? RingOrigin.Created : RingOrigin.KeyLost;
        return Start(place, block, key, isNew: true, origin, new KeySlotReport(kinds, kinds, missing, null)) with
        {
            Orphan = orphan is null ? null : orphan with { KeptAs = keptAs },
        };
    }

    private RingOpening.Opened Start(IBlockDevice device, StaticBlock block, SecretKey root, bool isNew, RingOrigin origin, KeySlotReport slots)
    {
        var keys = new RingKeys(root, block.Buffer, Design);
        using var ahead = new ReadAheadDevice(device);
        using var reader = new PageReader(ahead, block.Geometry, keys);
        DeviceScan scan = isNew ? DeviceScan.Nothing : DeviceScan.Of(reader, block.Geometry);
        var recovery = new RingRecovery(scan, block.Geometry, options);
        (RingStart start, RecoveryReport report) = recovery.Run(block.Buffer);
        var epochs = new EpochSource(options, time);
        EpochChange first = epochs.First(keys, scan.State, Verifier, StartsKeyPeriod, recovery.LastEpoch + 1, start.NextPage, out bool isPeriodNew);
        var ring = new PageRing(device, block.Geometry, options, epochs, first, isPeriodNew && !isNew, start);
        return new RingOpening.Opened(ring, device, origin, report, slots, FirstCommit(ring, device));
    }

    // The pages that were adopted and the new state first, with one flush; then the three older states go, with another, and with them the roots of past epochs.
    // The root of a new key period comes before any page that is sealed with it: a page whose chain nobody can announce would be worth nothing.
    private static DeviceFault? FirstCommit(PageRing ring, IBlockDevice device)
    {
        while (ring.Prepare() is { } work)
        {
            bool isDurable = work.TryRun(device, out DeviceFault fault);
            ring.Complete(work, isDurable);
            if (!isDurable)
            {
                return fault;
            }

            if (!work.HasMore)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>A test puts a weaker one here.</summary>
    internal RingDesign Design { get; init; } = new();

    private UInt128 Random()
    {
        Span<byte> bytes = stackalloc byte[16];
        options.FillRandom(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
