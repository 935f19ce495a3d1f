using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>How pages get to the cloud, and when they are free.</summary>
public sealed class CourierTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_page_is_freed_when_edgeHub_has_sent_it()
    {
        _bench.AppendPages(1);
        await _bench.DeliverAsync();

        Assert.Single(_bench.EdgeHub.Cloud);
        Assert.Equal(["upstream"], _bench.EdgeHub.Outputs);
        Assert.Equal(0, _bench.Lanes.Depth);
        Assert.True(_bench.Courier.IsIdle);
        Assert.Equal(UplinkState.Open, _bench.CourierMetrics.State);
    }

    [Fact]
    public async Task An_acknowledgement_of_edgeHub_alone_frees_nothing()
    {
        _bench.EdgeHub.IsUplinkOpen = false;
        _bench.AppendPages(1);
        await _bench.DeliverAsync(most: 20);

        Assert.Equal(1, _bench.EdgeHub.Queued);
        Assert.Equal(1, _bench.Lanes.Depth);
        Assert.Equal(UplinkState.Waiting, _bench.CourierMetrics.State);
    }

    [Fact]
    public async Task While_the_uplink_is_cut_edgeHub_gets_one_window_and_no_more()
    {
        _bench.EdgeHub.IsUplinkOpen = false;
        _bench.AppendPages(50);
        await _bench.DeliverAsync(most: 200);

        Assert.Equal(8, _bench.EdgeHub.Given.Count);
        Assert.Equal(50, _bench.Lanes.Depth);

        _bench.EdgeHub.IsUplinkOpen = true;
        _bench.EdgeHub.Pump();
        await _bench.DeliverAsync();

        Assert.Equal(Enumerable.Range(0, 50), new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
        Assert.Equal(50, _bench.EdgeHub.Given.Count);
        Assert.Equal(0, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task Nothing_is_handed_over_while_edgeHub_has_something_queued()
    {
        _bench.EdgeHub.ForeignQueue = 1;
        _bench.AppendPages(1);
        await _bench.DeliverAsync(most: 20);

        Assert.Empty(_bench.EdgeHub.Given);
        Assert.Equal(UplinkState.Waiting, _bench.CourierMetrics.State);
    }

    [Fact]
    public async Task Nothing_is_handed_over_without_a_connection()
    {
        _bench.EdgeHub.State = HubConnectionState.BackingOff;
        _bench.AppendPages(1);
        await _bench.DeliverAsync(most: 5);

        Assert.Empty(_bench.EdgeHub.Given);
        Assert.Equal(0, _bench.EdgeHub.Scrapes);
        Assert.Equal(UplinkState.Disconnected, _bench.CourierMetrics.State);
    }

    [Fact]
    public async Task Nothing_is_handed_over_while_the_metrics_cannot_be_read()
    {
        _bench.EdgeHub.AreMetricsServed = false;
        _bench.AppendPages(1);
        await _bench.DeliverAsync(most: 20);

        Assert.Empty(_bench.EdgeHub.Given);
        Assert.Equal(UplinkState.Unproven, _bench.CourierMetrics.State);
        Assert.Single(_bench.CourierLog.Collector.GetSnapshot(), record => record.Id.Id == 2100);

        _bench.EdgeHub.AreMetricsServed = true;
        _bench.EdgeHub.MetricsInstead = "<html>";
        await _bench.DeliverAsync(most: 5);
        Assert.Empty(_bench.EdgeHub.Given);

        _bench.EdgeHub.MetricsInstead = null;
        await _bench.DeliverAsync();
        Assert.Single(_bench.EdgeHub.Cloud);
    }

    [Fact]
    public async Task A_window_keeps_waiting_while_the_metrics_cannot_be_read()
    {
        _bench.AppendPages(1);
        await _bench.DeliverAsync(most: 1);
        _bench.EdgeHub.AreMetricsServed = false;
        await _bench.DeliverAsync(most: 20);
        Assert.Equal(1, _bench.Lanes.Depth);

        _bench.EdgeHub.AreMetricsServed = true;
        await _bench.DeliverAsync();
        Assert.Equal(0, _bench.Lanes.Depth);
        Assert.Single(_bench.EdgeHub.Given);
    }

    [Fact]
    public async Task With_the_proof_puback_an_acknowledgement_frees_a_page_and_nobody_is_asked()
    {
        using var bench = new Bench(BufferPlan.Default with { Proof = DeliveryProof.PubAck });
        bench.EdgeHub.IsUplinkOpen = false;
        bench.EdgeHub.NextOutcomes.Enqueue(new SendOutcome.Unacknowledged("timeout"));
        bench.Lanes.Append(Bench.Record(0));
        bench.Lanes.Seal();
        bench.Lanes.Append(Bench.Record(1));
        bench.Lanes.Seal();
        await bench.DeliverAsync();

        Assert.Equal(["1", "1", "2"], bench.EdgeHub.Given.Select(message => message.Properties[MessageProperties.Page]));
        Assert.Equal(0, bench.EdgeHub.Scrapes);
        Assert.Equal(0, bench.Lanes.Depth);
    }

    [Fact]
    public async Task Under_steady_load_one_look_at_the_metrics_serves_a_window()
    {
        _bench.AppendPages(80);
        await _bench.DeliverAsync();

        Assert.Equal(80, _bench.EdgeHub.Cloud.Count);
        Assert.Equal(11, _bench.EdgeHub.Scrapes);
    }

    [Fact]
    public async Task Cut_for_long_the_ring_keeps_the_newest_and_tells_what_is_missing()
    {
        using var bench = new Bench(BufferPlan.Default with { SizeInBytes = 262_144, PageInBytes = 10_240 });
        bench.EdgeHub.IsUplinkOpen = false;
        for (var number = 0; number < 1000; number++)
        {
            bench.Lanes.Append(Bench.Record(number, size: 1000));
            await bench.DeliverAsync(most: 1);
        }

        bench.EdgeHub.IsUplinkOpen = true;
        bench.EdgeHub.Pump();
        await bench.DeliverAsync(most: 500);

        var arrivals = new Arrivals(bench.EdgeHub.Cloud);
        Assert.Contains(999, arrivals.Records.Values);
        Assert.Equal(1000, arrivals.Records.Count + arrivals.Gaps.Values.Where(gap => gap.Reason == GapReason.Evicted).Sum(gap => gap.Count));
        Assert.Equal(0, bench.Lanes.Depth);
    }
}
