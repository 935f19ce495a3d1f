using System.Globalization;
using MQTTnet;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

/// <summary>What edgeHub does that a client does not expect. «Lost» is shown by the next message being the first to arrive.</summary>
public sealed class BadMannersTests
{
    private const string ToTelemetry = "%24.on=telemetry&%24.ct=application%2Fjson&%24.ce=utf-8";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_message_without_route_is_acknowledged_lost_and_counted()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await alpha.SendAsync("%24.on=nowhere", "lost", Cancel);
        await alpha.SendAsync(ToTelemetry, "kept", Cancel);

        Assert.Equal("kept", Text(await harness.ReceiveAsync()));
        Assert.Equal(
            1,
            (await harness.ReadMetricsAsync()).Find(
                "edgehub_messages_dropped_total", ("reason", "no_route"), ("from", "edge-1/alpha"), ("from_route_output", "nowhere")));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("2024-01-01T00:00:00Z")]
    [InlineData("2024-01-01T00:00:00.123Z")]
    [InlineData("yesterday")]
    public async Task A_message_with_a_bad_creation_time_is_acknowledged_and_lost_on_its_way_up(string time)
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await alpha.SendAsync($"{ToTelemetry}&%24.ctime={Uri.EscapeDataString(time)}", "lost", Cancel);
        await alpha.SendAsync($"{ToTelemetry}&%24.ctime=2024-01-01T00%3A00%3A00.1234567Z", "kept", Cancel);

        CloudMessage arrived = await harness.ReceiveAsync();
        Assert.Equal("kept", Text(arrived));
        Assert.Equal(DateTimeOffset.Parse("2024-01-01T00:00:00.1234567Z", CultureInfo.InvariantCulture), arrived.Message.CreatedAt);
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.Equal(1, metrics.Find("edgehub_messages_sent_total", ("to", "upstream")));
        Assert.Null(metrics.Find("edgehub_messages_dropped_total"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_above_256_KiB_with_what_edgeHub_adds_is_acknowledged_and_lost()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        string topic = alpha.TelemetryTopic(ToTelemetry);

        await alpha.PublishAsync(topic, new byte[262_000], quality: 1, Cancel);
        await alpha.PublishAsync(topic, new byte[261_800], quality: 1, Cancel);

        Assert.Equal(261_800, (await harness.ReceiveAsync()).Message.Body.Length);
        Assert.Null((await harness.ReadMetricsAsync()).Find("edgehub_messages_dropped_total"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_packet_above_256_KiB_closes_the_connection()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await Assert.ThrowsAnyAsync<Exception>(() => alpha.PublishAsync(alpha.TelemetryTopic(ToTelemetry), new byte[262_144], 1, Cancel));

        await alpha.Disconnected;
    }

    [Fact(Timeout = 60_000)]
    public async Task A_publish_at_QoS_2_is_taken_and_closes_the_connection()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await Assert.ThrowsAnyAsync<Exception>(() => alpha.PublishAsync(alpha.TelemetryTopic(ToTelemetry), new byte[] { 1 }, 2, Cancel));

        await alpha.Disconnected;
        Assert.Equal(1, (await harness.ReceiveAsync()).Message.Body.Length);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("devices/edge-1/modules/beta/messages/events/%24.on=telemetry")]
    [InlineData("devices/edge-1/modules/alpha/messages/events/%24.on=telemetry&%24.on=telemetry")]
    [InlineData("devices/edge-1/modules/alpha/messages/events/%24.on=telemetry&a=1&A=2")]
    [InlineData("devices/edge-1/modules/alpha/outputs/telemetry")]
    public async Task A_topic_that_does_not_fit_is_acknowledged_and_lost(string topic)
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await alpha.PublishAsync(topic, "lost"u8.ToArray(), quality: 1, Cancel);
        await alpha.SendAsync(ToTelemetry, "kept", Cancel);

        Assert.Equal("kept", Text(await harness.ReceiveAsync()));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_for_the_twin_without_id_closes_the_connection()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await alpha.PublishAsync("$iothub/twin/GET/?$rid=", ReadOnlyMemory<byte>.Empty, quality: 0, Cancel);

        await alpha.Disconnected;
    }

    [Fact(Timeout = 60_000)]
    public async Task Any_subscription_is_granted_and_only_the_documented_ones_have_an_effect()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectAsync(harness.Beta);

        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await beta.SubscribeAsync("#", 1, Cancel));
        Assert.Equal(
            MqttClientSubscribeResultCode.GrantedQoS1, await beta.SubscribeAsync("devices/edge-1/modules/beta/inputs/in/+", 1, Cancel));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await beta.SubscribeAsync("$iothub/methods/POST/#", 2, Cancel));
        await alpha.SendAsync("%24.on=events", "waits", Cancel);
        _ = await beta.ReadTwinAsync(quality: 0, Cancel);

        await beta.SubscribeInputsAsync(Cancel);
        Assert.Equal("waits", (await beta.Received.ReadAsync(Cancel)).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task Properties_arrive_and_the_output_name_does_not()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        await alpha.SendAsync($"{ToTelemetry}&bare&a=b", "x", Cancel);

        CloudMessage arrived = await harness.ReceiveAsync();
        Assert.Equal(("b", string.Empty), (arrived.Message.Properties["a"], arrived.Message.Properties["bare"]));
        Assert.False(arrived.SystemProperties.ContainsKey("$.on"));
        Assert.Equal("application/json", arrived.SystemProperties["$.ct"]);
    }

    private static string Text(CloudMessage message) => System.Text.Encoding.UTF8.GetString(message.Message.Body.Span);
}
