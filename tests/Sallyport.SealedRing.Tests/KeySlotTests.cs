using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

/// <summary>A ring whose key is wrapped in several ways.</summary>
public sealed class KeySlotTests
{
    // Keys of this size take a second to make.
    private static readonly EscrowWrapper[] Owners = [NewOwner(), NewOwner(), NewOwner()];

    private static readonly KeyUnwrapping NotNow = new KeyUnwrapping.Unavailable("it sleeps");
    private static readonly KeyUnwrapping Never = new KeyUnwrapping.Refused("it was changed");

    private readonly TestKeys.Moody _file = new(TestRing.Wrapper);
    private readonly TestKeys.Moody _device = new(TestKeys.NewDevice());
    private readonly EscrowWrapper _escrow = Owners[0];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_ring_opens_by_any_of_its_slots(bool isFileLost, bool isDeviceLost)
    {
        RecordingDevice disk = await NewRingAsync(_device, _file, _escrow);
        _file.Unwraps = isFileLost ? Never : null;
        _device.Unwraps = isDeviceLost ? NotNow : null;

        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await OpenAsync(disk, _device, _file, _escrow));

        Assert.Equal(RingOrigin.Existing, opened.Origin);
        Assert.Equal(1, opened.Report.AdoptedRecords);
        opened.Ring.Dispose();
    }

    [Fact]
    public async Task One_slot_that_may_answer_later_keeps_the_data_although_the_others_never_will()
    {
        RecordingDevice disk = await NewRingAsync(_device, _file, _escrow);
        byte[] before = disk.Image();
        (_file.Unwraps, _device.Unwraps) = (Never, NotNow);
        Assert.Equal(new RingOpening.KeyUnavailable("it sleeps"), await OpenAsync(disk, _device, _file, _escrow));
        (_file.Unwraps, _device.Unwraps) = (NotNow, Never);
        Assert.Equal(new RingOpening.KeyUnavailable("it sleeps"), await OpenAsync(disk, _device, _file, _escrow));
        Assert.Equal(before, disk.Image());
    }

    [Fact]
    public async Task A_ring_whose_only_hope_is_its_owner_is_lost_to_the_gateway_which_says_what_it_held()
    {
        RecordingDevice disk = await NewRingAsync(_device, _file, _escrow);
        (_file.Unwraps, _device.Unwraps) = (Never, Never);

        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await OpenAsync(disk, _device, _file, _escrow));

        Assert.Equal(RingOrigin.KeyLost, opened.Origin);
        Assert.NotNull(opened.Orphan);
        Assert.Equal((1, 0L, 0L), (opened.Orphan.Pages, opened.Orphan.FirstSeq, opened.Orphan.LastSeq));
        opened.Ring.Dispose();
    }

    [Fact]
    public async Task A_ring_is_not_made_with_the_owners_slot_alone()
    {
        using var disk = new MemoryDevice(64 * RingGeometry.BlockSize);
        Assert.IsType<RingOpening.KeyUnavailable>(await OpenAsync(disk, _escrow));
        _device.Wraps = false;
        Assert.Equal(new RingOpening.KeyUnavailable("it sleeps"), await OpenAsync(disk, _escrow, _device));
        Assert.False(disk.Bytes.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task What_could_not_be_wrapped_when_the_ring_was_made_is_wrapped_when_it_opens()
    {
        _device.Wraps = false;
        RecordingDevice disk = await NewRingAsync(_file, _device);
        _device.Wraps = true;

        using (PageRing ring = await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.DeviceKey], [KeySlotKind.DeviceKey], _file, _device))
        {
            Assert.Equal(1, ring.Depth);
        }

        _file.Unwraps = Never;
        (await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.DeviceKey], [KeySlotKind.File], _file, _device)).Dispose();
    }

    [Fact]
    public async Task An_owner_with_a_new_certificate_gets_a_slot_in_place_of_the_old_one_and_only_once()
    {
        RecordingDevice disk = await NewRingAsync(_file, _escrow);
        (await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.Escrow], [], _file, _escrow)).Dispose();
        EscrowWrapper renewed = Owners[1];

        (await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.Escrow], [KeySlotKind.Escrow], _file, renewed)).Dispose();
        (await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.Escrow], [], _file, renewed)).Dispose();

        StaticArea area = StaticArea.Read(disk, out _)!;
        Assert.True(area.AreSame);
        Assert.Equal(2, area.Copies[0].Block.Generation);
        Assert.True(renewed.Holds(area.Copies[0].Block.Slots[1]));
    }

    [Fact]
    public async Task A_slot_that_does_not_answer_is_left_as_it_is()
    {
        RecordingDevice disk = await NewRingAsync(_file, _device);
        _device.Unwraps = NotNow;
        (await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.DeviceKey], [], _file, _device)).Dispose();
        Assert.Equal(1, StaticArea.Read(disk, out _)!.Copies[0].Block.Generation);
    }

    [Fact]
    public async Task There_is_room_for_four_slots_and_the_fifth_is_told()
    {
        RecordingDevice disk = await NewRingAsync(_file, _device, _escrow);

        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(
            await OpenAsync(disk, _file, _device, _escrow, Owners[1], Owners[2]));

        Assert.Equal(KeySlot.Most, opened.Slots.Slots.Length);
        Assert.Equal("no room for the slot Escrow: the ring has 4 slots already", Assert.Single(opened.Slots.Missing));
        opened.Ring.Dispose();
    }

    [Fact]
    public async Task A_copy_of_the_static_block_that_has_gone_bad_is_written_again()
    {
        for (int copy = 0; copy < RingGeometry.StaticBlocks; copy++)
        {
            RecordingDevice disk = await NewRingAsync(_file);
            byte[] before = disk.Image();
            disk.TryWrite((copy * RingGeometry.BlockSize) + 70, [0xff], out _);
            (await SlotsAsync(disk, [KeySlotKind.File], [], _file)).Dispose();
            Assert.Equal(before[..(2 * RingGeometry.BlockSize)], disk.Image()[..(2 * RingGeometry.BlockSize)]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_power_cut_at_any_write_of_a_renewal_leaves_a_ring_that_opens(int badCopy)
    {
        RecordingDevice disk = await NewRingAsync(_file);
        disk.TryWrite((badCopy * RingGeometry.BlockSize) + 70, [0xff], out _);
        byte[] before = disk.Image();
        disk.Log.Clear();
        (await SlotsAsync(disk, [KeySlotKind.File, KeySlotKind.DeviceKey], [KeySlotKind.DeviceKey], _file, _device)).Dispose();
        List<DeviceCall> calls = disk.Log[..4];
        Assert.Equal([false, true, false, true], calls.Select(call => call.IsFlush));

        // Either way the old slot opens; once the first copy is durable the new one does too.
        for (int cut = 0; cut <= calls.Count; cut++)
        {
            for (int torn = 0; torn <= RingGeometry.BlockSize; torn += 64)
            {
                byte[] image = [.. before];
                foreach (DeviceCall call in calls[..cut].Where(call => !call.IsFlush))
                {
                    call.Bytes.CopyTo(image.AsSpan((int)call.Offset));
                }

                if (cut < calls.Count && !calls[cut].IsFlush)
                {
                    calls[cut].Bytes.AsSpan(0, torn).CopyTo(image.AsSpan((int)calls[cut].Offset));
                }

                RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await OpenAsync(RecordingDevice.Of(image), _file));
                Assert.Equal((RingOrigin.Existing, 1L), (opened.Origin, opened.Report.AdoptedRecords));
                opened.Ring.Dispose();
                if (cut >= 2)
                {
                    opened = Assert.IsType<RingOpening.Opened>(await OpenAsync(RecordingDevice.Of(image), _device));
                    Assert.Equal(RingOrigin.Existing, opened.Origin);
                    opened.Ring.Dispose();
                }
            }
        }
    }

    [Fact]
    public async Task A_disk_that_does_not_take_the_new_slot_does_not_keep_the_ring_from_opening()
    {
        RecordingDevice disk = await NewRingAsync(_file);
        byte[] image = disk.Image();
        for (int at = 2; at < 6; at++)
        {
            RecordingDevice failing = RecordingDevice.Of(image);
            failing.FailAt = at;
            RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await OpenAsync(failing, _file, _device));
            Assert.NotNull(opened.Slots.Fault);
            Assert.Equal(1, opened.Report.AdoptedRecords);
            opened.Ring.Dispose();
        }
    }

    private static EscrowWrapper NewOwner()
    {
        using X509Certificate2 certificate = TestKeys.NewCertificate();
        return TestKeys.Escrow(certificate);
    }

    private static async Task<PageRing> SlotsAsync(RecordingDevice disk, KeySlotKind[] slots, KeySlotKind[] wrapped, params IKeyWrapper[] wrappers)
    {
        RingOpening.Opened opened = Assert.IsType<RingOpening.Opened>(await OpenAsync(disk, wrappers));
        Assert.Equal(RingOrigin.Existing, opened.Origin);
        Assert.Equal(slots, opened.Slots.Slots);
        Assert.Equal(wrapped, opened.Slots.Wrapped);
        Assert.Null(opened.Slots.Fault);
        return opened.Ring;
    }

    /// <summary>With one committed record.</summary>
    private static async Task<RecordingDevice> NewRingAsync(params IKeyWrapper[] wrappers)
    {
        var disk = new RecordingDevice(64 * RingGeometry.BlockSize);
        using PageRing ring = Assert.IsType<RingOpening.Opened>(await OpenAsync(disk, wrappers)).Ring;
        Assert.True(ring.TryAppend("a"u8, TestRing.Data, 0, TestRing.Noon, out _));
        CommitWork work = ring.Prepare()!;
        Assert.True(work.TryRun(disk, out _));
        ring.Complete(work, isDurable: true);
        return disk;
    }

    private static Task<RingOpening> OpenAsync(IBlockDevice disk, params IKeyWrapper[] wrappers) =>
        new RingFile(TestRing.Options, [.. wrappers], new FakeTimeProvider(TestRing.Noon.Wall)).OpenAsync(disk, snapshotBlocks: 5, TestContext.Current.CancellationToken);
}
