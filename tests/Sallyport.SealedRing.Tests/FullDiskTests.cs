using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Placing;
using static Sallyport.SealedRing.Tests.TestPlace;

namespace Sallyport.SealedRing.Tests;

/// <summary>File systems that are full, read-only or aborted.</summary>
public sealed class FullDiskTests
{
    private const int Bytes = DefaultBytes;

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task On_a_disk_that_is_nearly_full_the_ring_is_smaller_and_on_a_full_one_it_is_in_memory()
    {
        await using LoopDisk disk = await LoopDisk.MountAsync(8);
        disk.FillUntil(700 * 1024);
        RingPlacement.Opened small = await OpenedAsync(Path.Combine(disk.Root, "bulk.ring"), 2 * 1024 * 1024);
        Assert.Equal((RingMedium.File, Bytes), (small.Medium, small.Bytes));
        Assert.Contains("the ring has 524288 bytes instead of 2097152", small.Advice, StringComparison.Ordinal);

        RingPlacement.Opened none = await OpenedAsync(Path.Combine(disk.Root, "alerts.ring"), Bytes);
        Assert.Equal((RingMedium.Memory, ""), (none.Medium, none.Path));
        Assert.Contains("the ring is in memory instead of 524288 bytes on disk", none.Advice, StringComparison.Ordinal);
        Assert.Equal(["ballast", "bulk.ring"], Directory.GetFiles(disk.Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Append(none, "first");
        Close(none);

        // Full to the last block, the ring that is there goes on for many times its own size.
        disk.FillUntil(0);
        for (int at = 0; at < 600; at++)
        {
            Append(small, new string('x', 3000));
        }

        Close(small);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_read_only_file_system_is_told_with_what_to_do_and_an_aborted_one_fails_the_flush()
    {
        await using LoopDisk disk = await LoopDisk.MountAsync(8);
        string path = Path.Combine(disk.Root, "bulk.ring");
        Close(await OpenedAsync(path));
        await LoopDisk.RemountAsync(disk.Root, "ro");
        Assert.EndsWith("the file system is read-only (EROFS). Look at the kernel's log for why, and mount it for writing.", await UnusableAsync(path), StringComparison.Ordinal);
        await LoopDisk.RemountAsync(disk.Root, "rw");

        RingPlacement.Opened ring = await OpenedAsync(path);
        Append(ring, "first");
        await LoopDisk.RemountAsync(disk.Root, "abort");
        Assert.True(ring.Opening.Ring.TryAppend("second"u8, TestRing.Data, 0, TestRing.Noon, out _));
        CommitWork work = ring.Opening.Ring.Prepare()!;
        Assert.False(work.TryRun(ring.Opening.Device, out DeviceFault fault));
        Assert.Contains(fault.ErrorNumber, (int[])[5, 30]);
        Assert.False(ring.Opening.Device.TryFlush(out fault));
        Assert.Equal("fdatasync", fault.Call);
        ring.Opening.Ring.Complete(work, isDurable: false);
        Close(ring);
    }

    [Fact(Timeout = 60_000)]
    public async Task On_a_disk_without_space_for_two_the_ring_whose_key_is_lost_is_overwritten()
    {
        await using LoopDisk disk = await LoopDisk.MountAsync(8);
        string path = Path.Combine(disk.Root, "bulk.ring");
        RingPlacement.Opened made = await OpenedAsync(path);
        Append(made, "first");
        Close(made);
        disk.FillUntil(0);

        RingPlacement.Opened again = Assert.IsType<RingPlacement.Opened>(
            await new RingFolder(TestRing.Options, [TestKeys.NewDevice()], TimeProvider.System).OpenAsync(path, Bytes, 5, Over));

        Assert.Equal((RingOrigin.KeyLost, 1, null), (again.Opening.Origin, again.Opening.Orphan!.Pages, again.Opening.Orphan.KeptAs));
        Assert.Equal(["ballast", "bulk.ring"], Directory.GetFiles(disk.Root).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        Close(again);
    }
}
