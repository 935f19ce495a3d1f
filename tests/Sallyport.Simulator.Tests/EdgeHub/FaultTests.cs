using System.Text;
using MQTTnet;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

/// <summary>The faults that a simulation can switch on. «Nothing comes» is shown by something later having come.</summary>
public sealed class FaultTests
{
    private const string ToTelemetry = "%24.on=telemetry";
    private const int Disconnected = 5121;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Withheld_acknowledgements_leave_everything_else_alone()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        Task sending;
        using (harness.EdgeHub.WithholdAcknowledgements(harness.Alpha.Identity))
        {
            sending = alpha.SendAsync(ToTelemetry, "1", Cancel);
            Assert.Equal("1", Text(await harness.ReceiveAsync()));
            _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
            Assert.False(sending.IsCompleted);
        }

        await alpha.SendAsync(ToTelemetry, "2", Cancel);
        Assert.Equal("2", Text(await harness.ReceiveAsync()));
        Assert.False(sending.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Acknowledgements_may_be_withheld_from_everybody()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        using (harness.EdgeHub.WithholdAcknowledgements())
        {
            Task sending = alpha.SendAsync(ToTelemetry, "1", Cancel);
            _ = await harness.ReceiveAsync();
            _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
            Assert.False(sending.IsCompleted);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_half_open_connection_stays_up_and_nothing_passes_until_the_client_makes_a_new_one()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient first = await harness.ConnectAsync(harness.Alpha);
        Assert.True(harness.EdgeHub.HalfOpen(harness.Alpha.Identity));

        Task sending = first.SendAsync(ToTelemetry, "lost", Cancel);
        await using RawClient second = await harness.ConnectAsync(harness.Alpha);
        await second.SendAsync(ToTelemetry, "kept", Cancel);

        Assert.Equal("kept", Text(await harness.ReceiveAsync()));
        Assert.False(sending.IsCompleted);
        Assert.False(first.Disconnected.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_store_that_fails_closes_the_connection_without_acknowledgement_and_is_counted()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.EdgeHub.FailNextStore(harness.Alpha.Identity);

        await Assert.ThrowsAnyAsync<Exception>(() => alpha.SendAsync(ToTelemetry, "1", Cancel));

        await alpha.Disconnected;
        await harness.Log.WaitForAsync(Disconnected, times: 1, Cancel);
        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.Equal(
            1,
            metrics.Find(
                "edgehub_messages_unack_total",
                ("reason", "storage_failure"),
                ("from", "edge-1/alpha"),
                ("from_route_output", "telemetry")));
        Assert.Equal(1, metrics.Find("edgehub_client_disconnect_total", ("id", "edge-1/alpha")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_lost_CONNACK_leaves_the_client_waiting_and_the_next_attempt_succeeds()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        harness.EdgeHub.LoseNextConnack(harness.Alpha.Identity);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<RawClient> waiting = RawClient.ConnectAsync(harness.ToEdgeHub(harness.Alpha), giveUp.Token);
        await harness.Log.WaitForAsync(id: 5015, times: 1, Cancel);

        await using RawClient next = await harness.ConnectAsync(harness.Alpha);

        Assert.Equal(MqttClientConnectResultCode.Success, next.ConnectResult);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cut_client_can_come_back_and_faults_of_unknown_clients_say_so()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        Assert.False(harness.EdgeHub.Cut(harness.Alpha.Identity));
        Assert.False(harness.EdgeHub.HalfOpen(harness.Alpha.Identity));
        await using RawClient first = await harness.ConnectAsync(harness.Alpha);

        Assert.True(harness.EdgeHub.Cut(harness.Alpha.Identity));
        await first.Disconnected;

        await using RawClient second = await harness.ConnectAsync(harness.Alpha);
        Assert.Equal(MqttClientConnectResultCode.Success, second.ConnectResult);
    }

    private static string Text(CloudMessage message) => Encoding.UTF8.GetString(message.Message.Body.Span);
}
