using Sallyport.IotHub;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>The states of delivery and what is done about them.</summary>
public sealed class DeliveryMachineTests : IDisposable
{
    private readonly GatewayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Data_that_flows_is_delivering_and_the_last_proof_has_its_time()
    {
        await _bench.LiveAsync(seconds: 60);
        Assert.Equal((DeliveryState.Delivering, ""), (_bench.Status.Delivery.State, _bench.Status.Delivery.Reason));
        Assert.InRange(_bench.Status.At - _bench.Status.Delivery.LastDelivered!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task When_another_connection_does_not_help_people_are_told_to_restart_edgeHub_and_the_module_is_unhealthy()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        _bench.Gateway.EdgeHub[FakeGateway.Queue] = 8;
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("delivery/stalled"), most: 140);
        Assert.Contains("edgeHub has 8 messages for IoT Hub", _bench.Status.Delivery.Reason, StringComparison.Ordinal);
        Assert.False(_bench.Alarms.IsOpen(DeliveryFindings.Hopeless));
        Assert.Equal(120, await _bench.LiveUntilAsync(() => _bench.Alarms.IsOpen(DeliveryFindings.Hopeless), most: 125));
        Alarm alarm = _bench.Status.Alarms[0];
        Assert.Equal((DeliveryFindings.Hopeless, EventSeverity.Critical), (alarm.Id, alarm.Severity));
        Assert.Contains("sudo iotedge restart edgeHub", alarm.Remedy, StringComparison.Ordinal);
        Assert.Equal(1, _bench.Reconnects);

        _bench.Gateway.IsDelivering = true;
        _ = await _bench.LiveUntilAsync(() => _bench.Status.Alarms.Length == 0, most: 45);
        Assert.Equal(DeliveryState.Delivering, _bench.Status.Delivery.State);
    }

    [Fact]
    public async Task A_request_for_another_connection_is_repeated_until_edgeHub_has_it()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        _bench.Hub.Outcome = () => SendOutcome.NotConnected.Instance;
        _ = await _bench.LiveUntilAsync(() => _bench.Reconnects == 3, most: 160);
        _bench.Hub.Outcome = () => SendOutcome.Acknowledged.Instance;
        await _bench.LiveAsync(seconds: 60);
        Assert.Equal(4, _bench.Reconnects);
        Assert.Equal(3, _bench.Log.GetSnapshot().Count(line => line.Id.Id == 7025));
    }

    [Fact]
    public async Task What_is_sent_and_never_proven_is_no_delivery()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        for (var time = 0; time < 30; time++)
        {
            _bench.Gateway.EdgeHub["""edgehub_messages_sent_total{from="gw/SecureBuffer",to="upstream",priority="1"}"""] += 2;
            await _bench.LiveAsync(seconds: 5);
        }

        Assert.Equal(DeliveryState.Stalled, _bench.Status.Delivery.State);
        Assert.Contains("says that it sent 5", _bench.Status.Delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waited_through_an_outage_has_its_time_when_the_way_is_open_again()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        _bench.Gateway.EdgeHub[FakeGateway.OfflineCount]++;
        await _bench.LiveAsync(seconds: 600);
        Assert.Equal(DeliveryState.Offline, _bench.Status.Delivery.State);
        _bench.Gateway.EdgeHub[FakeGateway.OfflineEnded]++;
        await _bench.LiveAsync(seconds: 115);
        Assert.Equal((DeliveryState.Delivering, 0), (_bench.Status.Delivery.State, _bench.Reconnects));
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("delivery/stalled"), most: 15);
    }

    [Fact]
    public async Task A_connection_that_comes_and_goes_hides_no_stall()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        for (var times = 0; times < 7; times++)
        {
            _bench.Gateway.Buffer[FakeGateway.Connected] = 1;
            await _bench.LiveAsync(seconds: 20);
            _bench.Gateway.Buffer[FakeGateway.Connected] = 0;
            await _bench.LiveAsync(seconds: 10);
        }

        _bench.Gateway.Buffer[FakeGateway.Connected] = 1;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(DeliveryState.Stalled, _bench.Status.Delivery.State);
    }

    [Fact]
    public async Task Nothing_to_deliver_is_no_stall()
    {
        _bench.Gateway.Reader[FakeGateway.Online] = 0;
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.Buffer[FakeGateway.Depth] = 0;
        _bench.Gateway.IsDelivering = false;
        await _bench.LiveAsync(seconds: 600);
        Assert.Equal(DeliveryState.Delivering, _bench.Status.Delivery.State);
    }

    [Fact]
    public async Task A_buffer_that_restarts_while_nothing_is_delivered_hides_nothing()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        await _bench.LiveAsync(seconds: 60);
        _bench.Gateway.Buffer.Restart();
        _ = await _bench.LiveUntilAsync(() => _bench.Status.Delivery.State is DeliveryState.Stalled, most: 80);
    }

    [Theory]
    [InlineData("""sallyport_buffer_storage{lane="bulk",state="memory"}""", 1, "rests on \"memory\"")]
    [InlineData("""sallyport_buffer_storage{lane="alerts",state="fenced"}""", 1, "rests on \"fenced\"")]
    [InlineData("""sallyport_buffer_records_lost_total{lane="bulk",reason="evicted"}""", 5, "Records were lost")]
    [InlineData("""sallyport_buffer_capacity_bytes{lane="bulk"}""", 2100, "full.")]
    [InlineData("""sallyport_buffer_uplink{state="unproven"}""", 1, "cannot read edgeHub's metrics")]
    public async Task Delivery_that_something_is_wrong_with_is_degraded_and_says_why(string series, double value, string reason)
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.Buffer[series] = value;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(DeliveryState.Degraded, _bench.Status.Delivery.State);
        Assert.Contains(reason, _bench.Status.Delivery.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Degraded_delivery_is_an_alarm_after_a_minute_and_losses_are_forgotten_after_ten()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.Buffer["""sallyport_buffer_records_lost_total{lane="bulk",reason="evicted"}"""] = 1;
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("delivery/degraded"), most: 70);
        _ = await _bench.LiveUntilAsync(() => _bench.Status.Alarms.Length == 0, most: 650);
    }

    [Fact]
    public async Task A_ring_that_fills_while_the_gateway_is_cut_off_is_an_alarm_of_its_own()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.EdgeHub[FakeGateway.OfflineCount]++;
        _bench.Gateway.Buffer[FakeGateway.Size] = 1.9 * (1 << 20);
        _bench.Gateway.IsDelivering = false;
        _ = await _bench.LiveUntilAsync(() => _bench.HasAlarm("delivery/ring-full"), most: 70);
        Assert.Equal(["delivery/ring-full", "delivery/offline"], _bench.Status.Alarms.Select(alarm => alarm.Id));
    }

    [Fact]
    public async Task On_the_direct_way_edgeHub_says_nothing_about_an_outage_and_the_second_connection_does()
    {
        FakeModule buffer = _bench.Gateway.Buffer;
        buffer.Remove("""sallyport_buffer_way{way="edgeHub"}""");
        buffer["""sallyport_buffer_way{way="direct"}"""] = 1;
        buffer["""sallyport_hub_connected{link="direct"}"""] = 1;
        _bench.Gateway.EdgeHub[FakeGateway.OfflineCount]++;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal(DeliveryState.Delivering, _bench.Status.Delivery.State);
        buffer["""sallyport_hub_connected{link="direct"}"""] = 0;
        await _bench.LiveAsync(seconds: 5);
        Assert.Equal((DeliveryState.Offline, "SecureBuffer has no connection to IoT Hub."), (_bench.Status.Delivery.State, _bench.Status.Delivery.Reason));
    }

    [Fact]
    public async Task Without_SecureBuffers_numbers_nobody_knows_and_one_lost_look_says_nothing()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.Buffer.IsUp = false;
        await _bench.LiveAsync(seconds: 25);
        Assert.Equal(DeliveryState.Delivering, _bench.Status.Delivery.State);
        await _bench.LiveAsync(seconds: 10);
        Assert.Equal(DeliveryState.Unknown, _bench.Status.Delivery.State);
        Assert.True(_bench.HasAlarm("module/SecureBuffer/missing"));
    }

    [Fact]
    public async Task The_ring_says_how_long_there_is_room()
    {
        await _bench.LiveAsync(seconds: 30);
        _bench.Gateway.IsDelivering = false;
        await _bench.LiveAsync(seconds: 300);
        BufferStatus buffer = _bench.Status.Buffer;

        // 2000 bytes each 5 s of 2 MiB.
        Assert.InRange(buffer.TimeToFull!.Value.TotalSeconds, 4800, 5300);
        Assert.InRange(buffer.UsedShare, 0.05, 0.07);
        Assert.InRange(buffer.WaitingRecords, 1180, 1240);
        _bench.Gateway.IsDelivering = true;
        await _bench.LiveAsync(seconds: 10);
        Assert.Null(_bench.Status.Buffer.TimeToFull);
    }
}
