using Microsoft.Extensions.Logging;
using Sallyport.SealedRing.Devices;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>When records become durable, and what happens when the disk says no.</summary>
public sealed class CommitterTests : IDisposable
{
    private readonly FlakyDevice _bulk = new(BufferPlan.Default.SizeInBytes);
    private readonly Bench _bench;

    public CommitterTests() => _bench = new Bench(
        storage: StorageState.Disk, device: (lane, size) => lane is "bulk" ? _bulk : new MemoryDevice(size));

    public void Dispose()
    {
        _bench.Dispose();
        _bulk.Dispose();
    }

    [Fact]
    public void A_record_is_durable_after_the_interval_and_not_before()
    {
        _bench.Lanes.Append(Bench.Record(0));
        Assert.Equal(TimeSpan.FromSeconds(10), _bench.Committer.Step());
        Assert.Equal(1, Bulk.Undurable);

        _bench.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(_bench.Committer.Step());
        Assert.Equal(0, Bulk.Undurable);
    }

    [Fact]
    public void An_alert_is_durable_at_once_and_a_storm_twice_a_second()
    {
        _bench.Lanes.Append(Bench.Record(0, MessageType.Security));
        Assert.Null(_bench.Committer.Step());
        Assert.Equal(0, Alerts.Undurable);

        _bench.Lanes.Append(Bench.Record(1, MessageType.Security));
        Assert.Equal(TimeSpan.FromMilliseconds(500), _bench.Committer.Step());
        Assert.Equal(1, Alerts.Undurable);
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Null(_bench.Committer.Step());
        Assert.Equal(0, Alerts.Undurable);
    }

    [Fact]
    public async Task While_the_uplink_is_open_what_is_confirmed_in_time_is_never_written()
    {
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Clock.Advance(_bench.Plan.MaxLatency);
        await _bench.DeliverAsync();
        _bench.Committer.Step();
        var writes = _bulk.Writes;
        for (var number = 1; number < 20; number++)
        {
            _bench.Lanes.Append(Bench.Record(number));
            _bench.Committer.Step();
            _bench.Clock.Advance(_bench.Plan.MaxLatency);
            _bench.Committer.Step();
            await _bench.DeliverAsync();
            _bench.Committer.Step();
        }

        Assert.Equal(20, new Arrivals(_bench.EdgeHub.Cloud).Records.Count);
        Assert.Equal(writes, _bulk.Writes);
    }

    [Fact]
    public void Much_that_waits_is_committed_before_the_interval()
    {
        for (var number = 0; number < 10; number++)
        {
            _bench.Lanes.Append(Bench.Record(number, size: 8000));
        }

        Assert.Null(_bench.Committer.Step());
        Assert.Equal(0, Bulk.Undurable);
    }

    [Fact]
    public void A_disk_that_says_no_is_told_once_asked_less_and_less_often_and_told_when_it_is_back()
    {
        _bulk.IsFailing = true;
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Clock.Advance(_bench.Plan.CommitInterval);
        Assert.Equal(TimeSpan.FromSeconds(1), _bench.Committer.Step());
        Assert.Equal(StorageState.Degraded, Bulk.Storage);
        foreach (var seconds in (int[])[2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
        {
            _bench.Clock.Advance(_bench.Committer.Step()!.Value);
            Assert.Equal(TimeSpan.FromSeconds(seconds), _bench.Committer.Step());
        }

        Assert.Equal((LogLevel.Error, 2300), (_bench.CommitterLog.LatestRecord.Level, _bench.CommitterLog.LatestRecord.Id.Id));
        Assert.Single(_bench.CommitterLog.Collector.GetSnapshot());

        _bulk.IsFailing = false;
        _bench.Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Null(_bench.Committer.Step());
        Assert.Equal(StorageState.Disk, Bulk.Storage);
        Assert.Equal(2301, _bench.CommitterLog.LatestRecord.Id.Id);
        Assert.Equal(0, Bulk.Undurable);
    }

    [Fact]
    public async Task While_the_disk_says_no_records_go_on_to_the_cloud()
    {
        _bulk.IsFailing = true;
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Seal();
        _bench.Clock.Advance(_bench.Plan.CommitInterval);
        _bench.Committer.Step();
        await _bench.DeliverAsync();
        Assert.Equal([0], new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
    }

    [Fact]
    public async Task With_write_through_a_message_is_acknowledged_when_it_is_durable()
    {
        _bench.Plans.Replace(new Hosting.CurrentPlan<BufferPlan>.Edition(BufferPlan.Default with { IsWriteThrough = true }, 2, "cfg"));
        Task handling = _bench.Intake.HandleAsync(Bench.Input("1", Bench.Json(1)), TestContext.Current.CancellationToken);
        Assert.False(handling.IsCompleted);

        Assert.Null(_bench.Committer.Step());

        await handling;
        Assert.Equal(0, Bulk.Undurable);
    }

    [Fact]
    public void An_orderly_end_leaves_everything_on_the_device_and_the_next_start_finds_it()
    {
        _bench.Lanes.Append(Bench.Record(7));
        _bench.Committer.End();

        using var next = new Bench(storage: StorageState.Disk, device: (lane, size) => lane is "bulk" ? _bulk : new MemoryDevice(size));
        Assert.Equal(1, next.Lanes.Bulk.Status(next.Moments.Now).Depth);
        Page page = next.Lanes.Take(next.Plan)!.Value.Page;
        Assert.Equal("true", page.Message.Properties[MessageProperties.Replay]);
    }

    private LaneStatus Bulk => _bench.Lanes.Bulk.Status(_bench.Moments.Now);

    private LaneStatus Alerts => _bench.Lanes.Alerts.Status(_bench.Moments.Now);

    private sealed class FlakyDevice(int length) : IBlockDevice
    {
        private readonly MemoryDevice _memory = new(length);

        public bool IsFailing { get; set; }

        public int Writes { get; private set; }

        public long Length => _memory.Length;

        public bool TryRead(long offset, Span<byte> destination, out DeviceFault fault) => _memory.TryRead(offset, destination, out fault);

        public bool TryWrite(long offset, ReadOnlySpan<byte> source, out DeviceFault fault)
        {
            Writes++;
            fault = IsFailing ? new DeviceFault("pwrite", 30) : default;
            return !IsFailing && _memory.TryWrite(offset, source, out fault);
        }

        public bool TryFlush(out DeviceFault fault)
        {
            fault = IsFailing ? new DeviceFault("fdatasync", 30) : default;
            return !IsFailing;
        }

        public void Dispose() => _memory.Dispose();
    }
}
