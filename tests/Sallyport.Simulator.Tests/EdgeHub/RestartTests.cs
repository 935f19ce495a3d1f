using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class RestartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_restart_keeps_the_queues_and_loses_sessions_and_counters()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectReceiverAsync(harness.Beta);
        await alpha.SendAsync("%24.on=events", "1", Cancel);
        _ = await beta.Received.ReadAsync(Cancel);
        harness.Uplink.Set(UplinkState.Cut);
        await alpha.SendAsync("%24.on=telemetry", "2", Cancel);
        Guid before = harness.EdgeHub.InstanceNumber;

        await harness.EdgeHub.RestartAsync(Cancel);
        await Task.WhenAll(alpha.Disconnected, beta.Disconnected);

        PrometheusText metrics = await harness.ReadMetricsAsync();
        Assert.NotEqual(before, harness.EdgeHub.InstanceNumber);
        Assert.Equal(
            1,
            metrics.Find(
                "edgehub_queue_length", ("endpoint", "iothub"), ("instance_number", harness.EdgeHub.InstanceNumber.ToString())));
        Assert.Null(metrics.Find("edgehub_messages_received_total"));
        await using RawClient again = await harness.ConnectReceiverAsync(harness.Beta);
        Assert.False(again.IsSessionPresent);
        Assert.Equal("1", (await again.Received.ReadAsync(Cancel)).Text);
        harness.Uplink.Set(UplinkState.Open);
        Assert.Equal("2", Encoding.UTF8.GetString((await harness.ReceiveAsync()).Message.Body.Span));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_restart_without_uplink_keeps_the_twins_and_what_was_not_reported_yet()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(
            new BrokerSetup { Change = options => options with { ReportedSyncInterval = TimeSpan.FromMilliseconds(1) } },
            TestContext.Current.CancellationToken);
        var reported = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Hub.OnReported((_, patch) => reported.TrySetResult(patch));
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 });
        await using (RawClient alpha = await harness.ConnectAsync(harness.Alpha))
        {
            _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
            harness.Uplink.Set(UplinkState.Cut);
            _ = await alpha.ReportAsync("""{"a":1}""", Cancel);
        }

        await harness.EdgeHub.RestartAsync(Cancel);
        await using RawClient again = await harness.ConnectAsync(harness.Alpha);

        JsonObject twin = (await again.ReadTwinAsync(quality: 0, Cancel)).Json;
        Assert.Equal((5, 1), ((int)twin["desired"]!["interval"]!, (int)twin["reported"]!["a"]!));
        harness.Uplink.Set(UplinkState.Open);
        Assert.Equal("""{"a":1}""", (await reported.Task).ToJsonString());
    }
}
