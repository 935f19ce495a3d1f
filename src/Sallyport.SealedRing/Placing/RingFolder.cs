using System.Collections.Immutable;
using Sallyport.SealedRing.Destruction;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Placing;

/// <summary>Opens rings in files of a folder, or on a raw partition; where that cannot be it says what to do, and where the disk is full it makes do with less.</summary>
/// <param name="options">What the owner decides.</param>
/// <param name="wrappers">The ways to wrap the key, the preferred first.</param>
/// <param name="time">For the dates in it.</param>
public sealed class RingFolder(RingOptions options, ImmutableArray<IKeyWrapper> wrappers, TimeProvider time)
{
    private const string Orphan = ".orphan";

    /// <summary>As of <see cref="RingFile"/>.</summary>
    public VerifierKey? Verifier { get; init; }

    /// <summary>As of <see cref="RingFile"/>.</summary>
    public bool StartsKeyPeriod { get; init; }

    private RingFile File => new(options, wrappers, time) { Verifier = Verifier, StartsKeyPeriod = StartsKeyPeriod };

    /// <summary>Opens the ring in a file or on a partition; makes one where there is none.</summary>
    /// <param name="path">Of the file, or of a device node below <c>/dev</c>.</param>
    /// <param name="size">Of a new file, in bytes; an older one keeps its size.</param>
    /// <param name="snapshotBlocks">For a new ring: <see cref="RingGeometry.SnapshotBlocks"/>.</param>
    /// <param name="cancellationToken">Ends the wait for a key.</param>
    public async Task<RingPlacement> OpenAsync(string path, long size, int snapshotBlocks, CancellationToken cancellationToken)
    {
        (DeviceOpening opening, string? advice) = FileDevice.Open(path) is var found and not DeviceOpening.Absent ? (found, null) : Create(path, size);
        switch (opening)
        {
            case DeviceOpening.Opened { Device: var device }:
                return await OpenAsync(device, path, size, snapshotBlocks, advice, cancellationToken);
            case DeviceOpening.InUse:
                return new RingPlacement.InUse($"Another process uses {path}. Two modules must not have the same ring: give each a folder of its own.");
            case DeviceOpening.Failed { Fault.ErrorNumber: DeviceFault.NoSpace } when advice is not null:
                return await OpenInMemoryAsync(size, snapshotBlocks, advice, cancellationToken);
            case DeviceOpening.Failed failed:
                return new RingPlacement.Unusable(PlaceAdvice.For(path, failed.Fault));
            default:
                return new RingPlacement.Unusable($"There is no partition {path}. Map it into the module, or give a file.");
        }
    }

    /// <summary>A ring in memory, for a time when there is no place on a disk.</summary>
    /// <param name="size">In bytes.</param>
    /// <param name="snapshotBlocks">As for a file.</param>
    /// <param name="advice">What an administrator should do.</param>
    /// <param name="cancellationToken">Ends the wait for a key.</param>
    public async Task<RingPlacement> OpenInMemoryAsync(long size, int snapshotBlocks, string? advice, CancellationToken cancellationToken)
    {
        var device = new MemoryDevice((int)Math.Clamp(size, RingGeometry.MinSize, Array.MaxLength));
        return await File.OpenAsync(device, snapshotBlocks, cancellationToken) switch
        {
            RingOpening.Opened opened => new RingPlacement.Opened(opened, RingMedium.Memory, "", device.Length, advice),
            RingOpening.KeyUnavailable unavailable => new RingPlacement.KeyUnavailable(unavailable.Reason),
            _ => new RingPlacement.Unusable($"A ring of {device.Length} bytes has no room for tail slots of {snapshotBlocks} blocks. Give it a larger size."),
        };
    }

    /// <summary>Wipes a ring and takes its file away. A partition is blank afterwards.</summary>
    /// <param name="placement">Ring and device are disposed; no commit may be running.</param>
    public WipeOutcome Wipe(RingPlacement.Opened placement)
    {
        using IBlockDevice device = placement.Opening.Device;
        WipeOutcome outcome = new RingWipe(device, options.FillRandom, time).Run(placement.Opening.Ring);
        return placement.Medium == RingMedium.File ? Remove(placement.Path, outcome) : outcome;
    }

    private async Task<RingPlacement> OpenAsync(
        IBlockDevice device, string path, long size, int snapshotBlocks, string? advice, CancellationToken cancellationToken)
    {
        RingMedium medium = FileDevice.IsPartition(path) ? RingMedium.Partition : RingMedium.File;
        if (medium == RingMedium.File)
        {
            MakeWhole((FileDevice)device, size);
        }

        RingOpening opening = await File.OpenAsync(device, snapshotBlocks, lost => SetAside(lost, path, medium), cancellationToken);
        if (opening is RingOpening.Opened opened)
        {
            if (opened.Device != device)
            {
                device.Dispose();
            }

            return new RingPlacement.Opened(opened, medium, path, opened.Device.Length, advice);
        }

        using (device)
        {
            return opening switch
            {
                RingOpening.KeyUnavailable unavailable => new RingPlacement.KeyUnavailable(unavailable.Reason),
                RingOpening.Wiping => Resume(device, path, medium),
                RingOpening.Failed failed => new RingPlacement.Unusable(PlaceAdvice.For(path, failed.Fault)),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
    }

    // A full disk is no reason to stop: half the size, and half of that.
    private static (DeviceOpening Opening, string? Advice) Create(string path, long size)
    {
        if (FileDevice.IsPartition(path))
        {
            return (new DeviceOpening.Absent(), null);
        }

        for (long tried = size; ; tried = Math.Max(tried / 2 / RingGeometry.BlockSize * RingGeometry.BlockSize, RingGeometry.MinSize))
        {
            DeviceOpening opening = FileDevice.Create(path, tried);
            bool isFull = opening is DeviceOpening.Failed { Fault.ErrorNumber: DeviceFault.NoSpace };
            if (!isFull || tried <= RingGeometry.MinSize)
            {
                string has = isFull ? "is in memory" : $"has {tried} bytes";
                return (opening, isFull || tried != size
                    ? $"The disk of {path} is full: the ring {has} instead of {size} bytes on disk. Free space, drain the ring, stop the module and delete the file."
                    : null);
            }
        }
    }

    // A file that somebody cut short gets its length back; what was cut off is told as lost.
    private static void MakeWhole(FileDevice device, long size)
    {
        long needed = StaticArea.Read(device, out _)?.Copies is [var copy, ..]
            ? copy.Block.Geometry.Blocks * RingGeometry.BlockSize
            : device.Length < RingGeometry.MinSize ? size : device.Length;
        if (device.Length < needed)
        {
            _ = device.TryGrow(needed, out _);
        }
    }

    private static (IBlockDevice Device, string? KeptAs) SetAside(IBlockDevice lost, string path, RingMedium medium)
    {
        string orphan = path + Orphan;
        if (medium != RingMedium.File || !FileDevice.TryRename(path, orphan))
        {
            return (lost, null);
        }

        if (FileDevice.Create(path, lost.Length) is DeviceOpening.Opened created)
        {
            return (created.Device, orphan);
        }

        // No space for two: the old one is overwritten.
        FileDevice.TryRename(orphan, path);
        return (lost, null);
    }

    private RingPlacement Resume(IBlockDevice device, string path, RingMedium medium)
    {
        WipeOutcome outcome = new RingWipe(device, options.FillRandom, time).Resume();
        return (medium == RingMedium.File ? Remove(path, outcome) : outcome) switch
        {
            WipeOutcome.Wiped wiped => new RingPlacement.Wiped(wiped.Report),
            WipeOutcome.Interrupted interrupted => new RingPlacement.WipeInterrupted(interrupted, PlaceAdvice.For(path, interrupted.Fault)),
            _ => new RingPlacement.Unusable($"The static blocks of {path} changed while they were read. Open it again."),
        };
    }

    private static WipeOutcome Remove(string path, WipeOutcome outcome) =>
        outcome is WipeOutcome.Wiped && !FileDevice.TryRemove(path, out DeviceFault fault) ? new WipeOutcome.Interrupted(WipeStep.Blank, fault) : outcome;
}
