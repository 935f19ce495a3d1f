using System.Text.Json.Nodes;
using Sallyport.Simulator.EdgeHub;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.Node;

/// <summary>edgeHub's bad manners, met by the official Node client, unmodified.</summary>
public sealed class NodeBadMannersTests
{
    private const int Closing = 5011;
    private const int Sending = 5016;
    private const int CreationTimeRefused = 5210;
    private const int TokenRefused = 5123;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task The_client_believes_that_a_message_without_route_was_sent()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);

        _ = await alpha.AskAsync("send", NodeModule.Message("nowhere", "m1"), Cancel);
        _ = await alpha.AskAsync("send", NodeModule.Message("telemetry", "m2"), Cancel);

        Assert.Equal("m2", (await harness.ReceiveAsync()).Message.MessageId);
        Assert.Equal(1, (await harness.ReadMetricsAsync()).Find("edgehub_messages_dropped_total", ("reason", "no_route")));
    }

    [Fact(Timeout = 180_000)]
    public async Task The_client_believes_that_a_message_above_256_KiB_with_what_edgeHub_adds_was_sent()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);
        int size = MessageIntake.MaxMessageSize - 160; // The packet is below the limit, body and properties are not.

        _ = await alpha.AskAsync("send", new JsonObject { ["output"] = "telemetry", ["size"] = size }, Cancel);
        _ = await alpha.AskAsync("send", NodeModule.Message("telemetry", "m2"), Cancel);

        Assert.Equal("m2", (await harness.ReceiveAsync()).Message.MessageId);
        Assert.Equal(0, harness.Log.Count(Closing));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_packet_above_256_KiB_disconnects_the_client()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha, retries: false);

        Task<JsonNode?> sending = alpha.AskAsync(
            "send", new JsonObject { ["output"] = "telemetry", ["size"] = MessageIntake.MaxMessageSize }, Cancel);

        _ = await Assert.ThrowsAsync<NodeException>(() => sending);
        Assert.False(harness.Hub.Received.TryPeek(out _));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_client_that_hangs_gets_the_message_twice()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness =
            await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using NodeModule beta = await NodeModule.OpenAsync(harness, harness.Beta);
        _ = await beta.AskAsync("listenToInputs", Cancel);
        await harness.EdgeHub.WaitUntilSubscribedAsync(harness.Beta.Identity, HubFeature.ModuleInputs, Cancel);
        await beta.SignalAsync("STOP", Cancel);

        await alpha.SendAsync("%24.on=events&%24.mid=m1", "{}", Cancel);
        await harness.Log.WaitForAsync(Sending, times: 1, Cancel);
        time.Advance(TimeSpan.FromSeconds(30));
        await harness.Log.WaitForAsync(Sending, times: 2, Cancel);
        await beta.SignalAsync("CONT", Cancel);

        string?[] ids = new string?[2];
        for (int index = 0; index < ids.Length; index++)
        {
            ids[index] = (string?)(await beta.ReadEventAsync("input", Cancel))["messageId"];
            _ = await beta.ReadEventAsync("completed", Cancel);
        }

        Assert.Equal(["m1", "m1"], ids);
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
    }

    [Fact(Timeout = 180_000)]
    public async Task The_client_lives_through_a_restart_of_edgeHub()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);
        await using NodeModule beta = await NodeModule.OpenAsync(harness, harness.Beta);
        _ = await beta.AskAsync("listenToInputs", Cancel);
        await harness.EdgeHub.WaitUntilSubscribedAsync(harness.Beta.Identity, HubFeature.ModuleInputs, Cancel);

        await harness.EdgeHub.RestartAsync(Cancel);

        _ = await alpha.AskAsync("send", NodeModule.Message("events", "m1"), Cancel);
        Assert.Equal("m1", (string?)(await beta.ReadEventAsync("input", Cancel))["messageId"]);
    }

    [Fact(Timeout = 180_000)]
    public async Task The_client_believes_that_a_message_with_a_bad_creation_time_was_sent()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);
        var creationTime = new JsonObject { ["$.ctime"] = "2026-11-22T10:15:00Z" };

        _ = await alpha.AskAsync("send", NodeModule.Message("telemetry", "m1", creationTime), Cancel);
        _ = await alpha.AskAsync("send", NodeModule.Message("telemetry", "m2"), Cancel);

        Assert.Equal("m2", (await harness.ReceiveAsync()).Message.MessageId);
        Assert.Equal(1, harness.Log.Count(CreationTimeRefused));
    }

    [Fact(Timeout = 180_000)]
    public async Task The_client_is_cut_when_its_token_has_ended()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness =
            await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha, retries: false);

        time.Advance(TimeSpan.FromMinutes(55));
        _ = await alpha.AskAsync("send", NodeModule.Message("telemetry", "m1"), Cancel);
        time.Advance(TimeSpan.FromMinutes(15));

        _ = await alpha.ReadEventAsync("disconnect", Cancel);
        Assert.InRange(harness.Log.Count(TokenRefused), 1, int.MaxValue);
    }
}
