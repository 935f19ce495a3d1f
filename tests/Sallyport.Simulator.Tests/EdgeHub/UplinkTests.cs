using System.Globalization;
using System.Text;
using Sallyport.Simulator.Cloud;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class UplinkTests
{
    private const string ToTelemetry = "%24.on=telemetry";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task While_the_uplink_is_cut_edgeHub_queues_and_then_sends_everything_in_order()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.Uplink.Set(UplinkState.Cut);
        for (int number = 0; number < 35; number++)
        {
            await alpha.SendAsync(ToTelemetry, number.ToString(CultureInfo.InvariantCulture), Cancel);
        }

        Assert.Equal(35, (await harness.ReadMetricsAsync()).Find("edgehub_queue_length", ("endpoint", "iothub")));
        Assert.False(harness.Hub.Received.TryPeek(out _));
        harness.Uplink.Set(UplinkState.Open);

        for (int number = 0; number < 35; number++)
        {
            CloudMessage message = await harness.ReceiveAsync();
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), Text(message));
            Assert.Equal((number, "edge-1", "alpha"), (message.Ordinal, message.DeviceId, message.ModuleId));
        }

        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.Equal(0, metrics.Find("edgehub_queue_length", ("endpoint", "iothub")));
        Assert.Equal(
            35,
            metrics.Find(
                "edgehub_messages_sent_total",
                ("from", "edge-1/alpha"),
                ("to", "upstream"),
                ("from_route_output", "telemetry"),
                ("to_route_input", string.Empty)));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_goes_into_a_silent_uplink_arrives_is_not_counted_and_is_sent_again()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.Uplink.Set(UplinkState.Silent);
        await alpha.SendAsync($"{ToTelemetry}&%24.mid=m1", "1", Cancel);

        CloudMessage first = await harness.ReceiveAsync();
        Assert.Null((await harness.ReadMetricsAsync()).Find("edgehub_messages_sent_total"));
        time.Advance(harness.Uplink.AnswerTimeout);
        CloudMessage second = await harness.ReceiveAsync();
        harness.Uplink.Set(UplinkState.Open);
        CloudMessage third = await harness.ReceiveAsync();

        Assert.Equal(["m1", "m1", "m1"], new[] { first, second, third }.Select(message => message.Message.MessageId));
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
        Assert.Equal(1, (await harness.ReadMetricsAsync()).Find("edgehub_messages_sent_total", ("to", "upstream")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_delay_holds_messages_back()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.Uplink.Delay = TimeSpan.FromSeconds(3);
        await alpha.SendAsync(ToTelemetry, "1", Cancel);

        await time.WaitForTimerAsync(TimeSpan.FromSeconds(3), times: 1, Cancel);
        Assert.False(harness.Hub.Received.TryPeek(out _));
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("1", Text(await harness.ReceiveAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_outage_is_counted_and_measured()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        harness.Uplink.Set(UplinkState.Cut);
        harness.Uplink.Set(UplinkState.Silent);
        harness.Uplink.Set(UplinkState.Open);

        await harness.Log.WaitForAsync(id: 5106, times: 1, Cancel);

        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.Equal(1, metrics.Find("edgehub_offline_count_total", ("id", "edge-1/$edgeHub")));
        Assert.Equal(1, metrics.Find("edgehub_offline_duration_seconds_count", ("id", "edge-1/$edgeHub")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_older_than_their_time_to_live_are_dropped_and_counted()
    {
        var time = new ObservedTime();
        var routes = new Dictionary<string, RouteDefinition>(StringComparer.Ordinal)
        {
            ["up"] = new("FROM /messages/* INTO $upstream", Priority: 1, TimeToLiveSeconds: 60),
        };
        await using BrokerHarness harness = await BrokerHarness.StartAsync(
            new BrokerSetup { Time = time, Routes = routes }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.Uplink.Set(UplinkState.Cut);
        await alpha.SendAsync(ToTelemetry, "old", Cancel);
        time.Advance(TimeSpan.FromSeconds(61));
        await alpha.SendAsync(ToTelemetry, "new", Cancel);
        harness.Uplink.Set(UplinkState.Open);

        Assert.Equal("new", Text(await harness.ReceiveAsync()));

        Assert.Equal(
            1,
            (await harness.ReadMetricsAsync()).Find(
                "edgehub_messages_dropped_total", ("reason", "ttl_expiry"), ("from", "edge-1/alpha"), ("from_route_output", "telemetry")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_better_priority_overtakes()
    {
        var routes = new Dictionary<string, RouteDefinition>(StringComparer.Ordinal)
        {
            ["usual"] = new("FROM /messages/modules/alpha/outputs/telemetry INTO $upstream", Priority: 2),
            ["urgent"] = new("FROM /messages/modules/alpha/outputs/alerts INTO $upstream", Priority: 0),
        };
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Routes = routes }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.Uplink.Set(UplinkState.Cut);
        await alpha.SendAsync(ToTelemetry, "usual", Cancel);
        await alpha.SendAsync("%24.on=alerts", "urgent", Cancel);
        harness.Uplink.Set(UplinkState.Open);

        Assert.Equal("urgent", Text(await harness.ReceiveAsync()));
        Assert.Equal("usual", Text(await harness.ReceiveAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_dropped_on_purpose_is_acknowledged_and_leaves_no_trace()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.EdgeHub.DropNextMessageSilently(harness.Alpha.Identity);

        await alpha.SendAsync(ToTelemetry, "dropped", Cancel);
        await alpha.SendAsync(ToTelemetry, "kept", Cancel);

        Assert.Equal("kept", Text(await harness.ReceiveAsync()));
        Assert.Equal(1, (await harness.ReadMetricsAsync()).Find("edgehub_messages_received_total", ("id", "edge-1/alpha")));
    }

    private static string Text(CloudMessage message) => Encoding.UTF8.GetString(message.Message.Body.Span);
}
