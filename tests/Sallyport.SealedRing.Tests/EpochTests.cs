using Sallyport.SealedRing.Format;

namespace Sallyport.SealedRing.Tests;

/// <summary>A ring that runs comes to new keys without a restart.</summary>
public sealed class EpochTests
{
    private static readonly RingOptions FewSeals = TestRing.Options with { SealsPerEpoch = 100 };

    [Fact]
    public void A_key_of_pages_is_used_so_often_and_no_more_and_no_record_is_lost_by_that()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        var spy = new NonceSpy();
        using TestRing ring = TestRing.Open(device, FewSeals);
        var texts = new List<string>();
        for (int at = 0; at < 1000; at++)
        {
            ring.Append($"r{at}");
            Assert.True(ring.Commit());
            if (at % 50 == 0)
            {
                texts.AddRange(ring.Drain().DataRecords().Select(record => record.Text));
            }
        }

        texts.AddRange(ring.Drain().DataRecords().Select(record => record.Text));
        Assert.Equal(Enumerable.Range(0, 1000).Select(at => $"r{at}"), texts);
        Assert.InRange(ring.Ring.Epoch.Number, 11, 16);
        spy.Look(device.Log);
        Assert.All(
            device.Log.Where(call => !call.IsFlush).SelectMany(call => call.Headers()).GroupBy(header => header.EpochId),
            epoch => Assert.InRange(epoch.Count(), 1, 100 + 5));
    }

    [Fact]
    public void A_page_that_was_sealed_before_the_epoch_began_keeps_its_seal_wherever_it_is_written()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        UInt128 sealedIn;
        using (TestRing ring = TestRing.Open(device))
        {
            sealedIn = ring.Ring.Epoch.Id;
            ring.Append("before");
            ring.Ring.Seal(TestRing.Noon);
            ring.Ring.Seal(Later(TimeSpan.FromHours(1)));
            Assert.True(ring.Commit());
            Assert.NotEqual(sealedIn, ring.Ring.Epoch.Id);
            Assert.Equal(2, ring.Ring.Epoch.FirstPage);
            ring.Ring.TryAppend("after"u8, TestRing.Data, 0, Later(TimeSpan.FromHours(1)), out _);
            ring.Ring.Seal(Later(TimeSpan.FromHours(1)));
            Assert.True(ring.Commit());
        }

        using TestRing next = TestRing.Open(device);
        SealedPage[] pages = [.. next.Drain().Where(page => !page.IsGap())];
        Assert.Equal(["[before]", "[after]"], pages.Select(page => page.Text()));
        Assert.Equal([1L, 2L], pages.Select(page => page.Fields.Epoch.Number));
        Assert.Equal(sealedIn, pages[0].Fields.Epoch.Id);
        Assert.Equal(pages[0].Mac, pages[1].PreviousMac);
        Assert.Equal(3, next.Ring.Epoch.Number);
    }

    [Fact]
    public void A_power_cut_at_any_write_of_the_change_loses_nothing_that_was_durable_and_repeats_no_epoch()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        using TestRing ring = TestRing.Open(device);
        ring.Append("closed");
        ring.Ring.Seal(TestRing.Noon);
        ring.Append("open");
        Assert.True(ring.Commit());
        byte[] before = device.Image();
        device.Log.Clear();
        ring.Ring.Seal(Later(TimeSpan.FromHours(-1)));
        ring.Append("late");
        Assert.True(ring.Commit());
        Assert.Equal(2, ring.Ring.Epoch.Number);
        for (int cut = 0; cut <= device.Log.Count; cut++)
        {
            byte[] image = [.. before];
            foreach (DeviceCall call in device.Log[..cut].Where(call => !call.IsFlush))
            {
                call.Bytes.CopyTo(image.AsSpan((int)call.Offset));
            }

            using TestRing next = TestRing.Open(RecordingDevice.Of(image));
            Assert.InRange(next.Ring.Epoch.Number, cut == 0 ? 2 : 3, 3);
            Assert.Equal(["closed", "open"], next.Drain().DataRecords().Select(record => record.Text).Take(2));
        }
    }

    [Fact]
    public void While_the_disk_takes_no_new_epoch_pages_go_on_in_the_old_one_and_the_change_comes_with_the_disk()
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * RingGeometry.BlockSize]);
        using TestRing ring = TestRing.Open(device);
        device.FailAt = device.Calls;
        device.FailTimes = int.MaxValue - device.Calls;
        ring.Ring.Seal(Later(TimeSpan.FromMinutes(5)));
        ring.Append("a");
        for (int attempt = 0; attempt < 9; attempt++)
        {
            Assert.False(ring.Commit());
            Assert.False(ring.Ring.IsFenced);
        }

        Assert.Equal(1, ring.Ring.Epoch.Number);
        device.FailAt = null;
        Assert.True(ring.Commit());

        // One for the clock, one for the disk that may be another.
        Assert.Equal(3, ring.Ring.Epoch.Number);
        using TestRing next = TestRing.Open(RecordingDevice.Of(device.Image()));
        Assert.Equal(["a"], next.Drain().DataRecords().Select(record => record.Text));
    }

    [Fact]
    public void No_state_with_the_root_of_a_past_epoch_is_left_after_the_change()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        using TestRing ring = TestRing.Open(device);
        ring.Append("a");
        ring.Ring.Seal(Later(TimeSpan.FromMinutes(5)));
        Assert.True(ring.Commit());
        byte[] image = device.Image();
        for (long slot = 0; slot < RingGeometry.StateSlots; slot++)
        {
            Assert.True(PageHeader.TryRead(image.AsSpan((int)RingGeometry.StateBlock(slot) * RingGeometry.BlockSize), out PageHeader header));
            Assert.Equal(ring.Ring.Epoch.Id, header.EpochId);
        }
    }

    [Fact]
    public void An_orderly_end_with_a_change_due_is_an_orderly_end()
    {
        var device = new RecordingDevice(64 * RingGeometry.BlockSize);
        using (TestRing ring = TestRing.Open(device))
        {
            ring.Append("a");
            ring.Ring.Seal(Later(TimeSpan.FromMinutes(5)));
            ring.Append("b");
            Assert.True(ring.End());
        }

        using TestRing next = TestRing.Open(device);
        Assert.True(next.Report.WasClean);
        Assert.Empty(next.Report.Gaps);
        Assert.Equal(["a", "b"], next.Drain().DataRecords().Select(record => record.Text));
    }

    private static Moment Later(TimeSpan step) => TestRing.Noon with { Wall = TestRing.Noon.Wall + step };
}
