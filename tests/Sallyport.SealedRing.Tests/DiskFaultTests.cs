using Sallyport.SealedRing.Devices;
using Sallyport.SealedRing.Format;
using Sallyport.TestKit;

namespace Sallyport.SealedRing.Tests;

/// <summary>The disk says no, once or for a long time, at any call.</summary>
public sealed class DiskFaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void An_error_at_any_call_loses_nothing_that_was_committed(int times)
    {
        var spy = new NonceSpy();
        for (int call = 0; Fault(call, times, spy); call++)
        {
        }
    }

    [Fact]
    public void After_a_flush_that_failed_everything_since_the_last_good_one_is_written_again() => LoseAFlush(device => device);

    [Fact]
    public void A_disk_that_says_no_does_not_stop_the_ring_and_when_it_comes_back_everything_goes_to_it()
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * RingGeometry.BlockSize]);
        using TestRing ring = TestRing.Open(device);
        device.FailAt = device.Calls;
        device.FailTimes = int.MaxValue - device.Calls;
        ring.Append("a");
        Assert.False(ring.Commit());
        ring.Append("b");
        Assert.False(ring.Commit());
        Assert.Equal(2, ring.Ring.UndurableRecords);

        device.FailAt = null;
        Assert.True(ring.Commit());
        Assert.Equal(0, ring.Ring.UndurableRecords);
        using TestRing next = TestRing.Open(RecordingDevice.Of(device.Image()));
        Assert.Equal(["a", "b"], next.Drain().DataRecords().Select(record => record.Text));
    }

    [Fact]
    public void While_the_disk_says_no_memory_is_bounded_by_the_size_of_the_ring()
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * RingGeometry.BlockSize]);
        using TestRing ring = TestRing.Open(device, TestRing.Options with { Compression = 0 });
        device.FailAt = device.Calls;
        device.FailTimes = int.MaxValue - device.Calls;
        for (int at = 0; at < 200; at++)
        {
            ring.Append(new string('x', 3000));
            Assert.False(ring.Commit());
            Assert.True(ring.Ring.UndurableBytes <= ring.Ring.DeviceBytes.All);
        }

        Assert.True(ring.Ring.Lost(LossReason.Evicted) > 100);
    }

    [Fact]
    public void A_second_ring_on_the_same_device_takes_it_over_and_the_first_writes_no_more()
    {
        RecordingDevice device = RecordingDevice.Of(new byte[64 * RingGeometry.BlockSize]);
        using TestRing first = TestRing.Open(device, TestRing.Options with { SeqReservation = 10 });
        using TestRing second = TestRing.Open(device, TestRing.Options with { SeqReservation = 10 });
        for (int at = 0; at < 20; at++)
        {
            first.Append("late");
        }

        int writes = device.Log.Count;
        Assert.False(first.Commit());
        Assert.True(first.Ring.IsFenced);
        Assert.Equal(writes, device.Log.Count);
        second.Append("mine");
        Assert.True(second.Commit());
    }

    internal static void LoseAFlush(Func<IBlockDevice, IBlockDevice> view)
    {
        // The kernel forgets what it could not write: after the failure those blocks have their old content on the disk.
        RecordingDevice device = RecordingDevice.Of(new byte[64 * RingGeometry.BlockSize]);
        using TestRing ring = TestRing.Open(view(device));
        var oracle = new Dictionary<long, string> { [ring.Append("a")] = "a" };
        byte[] before = device.Image();
        device.FailAt = device.Calls;
        device.FailTimes = 10;
        device.FailOnly = "fdatasync";
        bool isDurable = ring.Commit();
        byte[] after = isDurable ? before : Recommitted(ring, device);

        new RingOracle([.. oracle.Keys], [], oracle, 0, []).Judge(after, TestRing.Options, new NonceSpy(), mayLoseDurable: false);
    }

    private static byte[] Recommitted(TestRing ring, RecordingDevice device)
    {
        device.FailAt = null;
        Assert.True(ring.Commit());
        return device.Image();
    }

    /// <summary>False once the work makes fewer calls.</summary>
    private static bool Fault(int call, int times, NonceSpy spy)
    {
        var dice = new Dice(call);
        RecordingDevice device = RecordingDevice.Of(new byte[96 * RingGeometry.BlockSize]);
        var model = new RingModel(dice);
        device.FailAt = call;
        device.FailTimes = times;
        bool wasReached = false;
        if (TestRing.TryOpen(device) is RingOpening.Opened opened)
        {
            using var ring = new TestRing { Ring = opened.Ring, Device = device, Origin = opened.Origin, Report = opened.Report, Fault = opened.Fault };
            model.Work(ring, 40);
            wasReached = device.Calls > call;
            spy.Look(device.Log);
            model.Now().Judge(device.Image(), TestRing.Options, spy, mayLoseDurable: times > 1, model.Now().Durable);
        }
        else
        {
            return true;
        }

        return wasReached;
    }
}
