using Sallyport.IotHub;
using Sallyport.IotHub.Provisioning;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Pages that leave past edgeHub: freed when IoT Hub acknowledges, and by nothing else.</summary>
public sealed class DirectCourierTests : IDisposable
{
    private static readonly ProvisioningTarget Target =
        ProvisioningTarget.TryCreate("0ne00000A0A", "gateway-1", "host", out ProvisioningTarget? target) ? target : throw new InvalidOperationException();

    private readonly FakeUplink _uplink = new();
    private readonly Bench _bench = new(BufferPlan.Default with
    {
        Proof = DeliveryProof.PubAck,
        Direct = new DirectUplinkPlan(Target, new DirectIdentity.Journal("/i"), "/r"),
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Pages_go_to_IoT_Hub_and_edgeHub_is_neither_sent_to_nor_asked()
    {
        _bench.Uplinks.Direct = _uplink;
        _bench.AppendPages(3);
        await _bench.DeliverAsync();
        Assert.Equal(3, _uplink.Given.Count);
        Assert.Empty(_bench.EdgeHub.Given);
        Assert.Equal((0, 0L), (_bench.EdgeHub.Scrapes, _bench.Lanes.Depth));
        Assert.Equal(UplinkState.Open, _bench.CourierMetrics.State);
    }

    [Fact]
    public async Task A_page_without_acknowledgement_is_sent_again_with_the_same_id()
    {
        _bench.Uplinks.Direct = _uplink;
        _uplink.NextOutcomes.Enqueue(new SendOutcome.Unacknowledged("timed out"));
        _bench.AppendPages(1);
        await _bench.DeliverAsync();
        Assert.Equal(2, _uplink.Given.Count);
        Assert.Equal(_uplink.Given[0].MessageId, _uplink.Given[1].MessageId);
        Assert.Equal(0, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task Without_a_direct_uplink_nothing_leaves_though_edgeHub_is_there()
    {
        _bench.AppendPages(1);
        await _bench.DeliverAsync(most: 3);
        Assert.Empty(_bench.EdgeHub.Given);
        Assert.Equal(UplinkState.Disconnected, _bench.CourierMetrics.State);
        Assert.Same(SendOutcome.NotConnected.Instance, await _bench.Uplinks.SendAsync(_bench.Plan, new HubMessage { MessageId = "m", Body = default }, CancellationToken.None));
    }

    [Fact]
    public void The_watchdog_restarts_the_connection_that_pages_leave_by()
    {
        _bench.Uplinks.Direct = _uplink;
        Assert.True(_bench.Uplinks.Reconnect());
        Assert.Equal(1, _uplink.Reconnects);
    }

    private sealed class FakeUplink : IDirectUplink
    {
        public HubConnectionState State => HubConnectionState.Connected;

        public List<HubMessage> Given { get; } = [];

        public Queue<SendOutcome> NextOutcomes { get; } = new();

        public int Reconnects { get; private set; }

        public bool Reconnect() => ++Reconnects > 0;

        public Task<SendOutcome> SendAsync(HubMessage message, CancellationToken cancellationToken)
        {
            Given.Add(message);
            return Task.FromResult(NextOutcomes.TryDequeue(out SendOutcome? outcome) ? outcome : SendOutcome.Acknowledged.Instance);
        }
    }
}
