using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What happens to pages that edgeHub or the way to it loses.</summary>
public sealed class CourierLossTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_page_that_edgeHub_silently_discards_is_sent_again_with_the_same_id()
    {
        _bench.EdgeHub.DiscardSilently = 1;
        _bench.AppendPages(3);
        await _bench.DeliverAsync();

        Assert.Equal([0, 1, 2], new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
        Assert.Equal(3, _bench.EdgeHub.Given.Select(message => message.MessageId).Distinct().Count());
        Assert.All(_bench.EdgeHub.Given.GroupBy(message => message.MessageId), same => Assert.Single(same.Distinct()));
        Assert.Equal(0, _bench.Lanes.Depth);
        Assert.Single(_bench.CourierLog.Collector.GetSnapshot(), record => record.Id.Id == 2101 && record.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task After_a_loss_one_page_at_a_time_until_one_is_confirmed()
    {
        _bench.EdgeHub.DiscardSilently = 3;
        _bench.AppendPages(10);
        await _bench.DeliverAsync(most: 1);
        Assert.Equal(8, _bench.EdgeHub.Given.Count);

        _bench.EdgeHub.DiscardSilently = 0;
        await _bench.StepUntilAsync(() => _bench.EdgeHub.Given.Count > 8);
        Assert.Equal(9, _bench.EdgeHub.Given.Count);
        await _bench.StepUntilAsync(() => _bench.EdgeHub.Given.Count > 9);
        Assert.Equal(17, _bench.EdgeHub.Given.Count);
        Assert.Equal(Enumerable.Range(0, 9), new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_of_edgeHub_makes_the_window_go_again_once_its_queue_is_empty(bool keepsQueue)
    {
        _bench.EdgeHub.IsUplinkOpen = false;
        _bench.AppendPages(8);
        await _bench.DeliverAsync(most: 10);
        _bench.EdgeHub.Restart(keepsQueue);
        await _bench.DeliverAsync(most: 30);
        Assert.Equal(keepsQueue ? 8 : 9, _bench.EdgeHub.Given.Count);

        _bench.EdgeHub.IsUplinkOpen = true;
        _bench.EdgeHub.Pump();
        await _bench.DeliverAsync();

        Assert.Equal(Enumerable.Range(0, 8), new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
        Assert.Equal(0, _bench.Lanes.Depth);
        Assert.Contains(_bench.EdgeHub.Cloud, message => message.MessageId.EndsWith("-8", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_counted_drop_makes_the_window_go_again()
    {
        _bench.EdgeHub.IsUplinkOpen = false;
        _bench.AppendPages(2);
        await _bench.DeliverAsync(most: 5);
        _bench.EdgeHub.DropQueue();
        _bench.EdgeHub.IsUplinkOpen = true;
        await _bench.DeliverAsync();

        Assert.Equal([0, 1], new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
        Assert.Equal(4, _bench.EdgeHub.Given.Count);
    }

    [Fact]
    public async Task A_send_without_acknowledgement_ends_the_window_and_is_repeated()
    {
        _bench.EdgeHub.NextOutcomes.Enqueue(SendOutcome.Acknowledged.Instance);
        _bench.EdgeHub.NextOutcomes.Enqueue(new SendOutcome.Unacknowledged("timeout"));
        _bench.AppendPages(3);
        await _bench.DeliverAsync();

        Assert.Equal([0, 1, 2], new Arrivals(_bench.EdgeHub.Cloud).Records.Values);
        Assert.Equal(["1", "2", "1", "2", "3"], _bench.EdgeHub.Given.Select(message => message.Properties[MessageProperties.Page]));
    }

    [Fact]
    public async Task A_connection_that_ends_in_the_middle_costs_nothing()
    {
        _bench.EdgeHub.NextOutcomes.Enqueue(SendOutcome.Acknowledged.Instance);
        _bench.EdgeHub.NextOutcomes.Enqueue(SendOutcome.NotConnected.Instance);
        _bench.AppendPages(3);
        await _bench.DeliverAsync();

        Assert.Equal(["1", "2", "3"], _bench.EdgeHub.Cloud.Select(message => message.Properties[MessageProperties.Page]));
        Assert.Equal(0, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task A_page_that_is_too_large_for_the_broker_becomes_a_gap_record()
    {
        _bench.EdgeHub.NextOutcomes.Enqueue(new SendOutcome.TooLarge(300_000, 255_000));
        _bench.AppendPages(2);
        await _bench.DeliverAsync();

        var arrivals = new Arrivals(_bench.EdgeHub.Cloud);
        Assert.Equal([1], arrivals.Records.Values);
        Assert.Equal(new GapRecord(GapReason.Oversize, 0, 0, 1), Assert.Single(arrivals.Gaps.Values));
        Assert.Single(_bench.CourierLog.Collector.GetSnapshot(), record => record.Id.Id == 2102 && record.Level == LogLevel.Error);
    }
}
