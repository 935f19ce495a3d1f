using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.Node;

/// <summary>The official Node client, unmodified, as a module of this edgeHub.</summary>
public sealed class NodeModuleTests
{
    private const int TakenOver = 5012;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task A_message_to_an_output_arrives_at_the_input_of_another_module_and_is_completed()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);
        await using NodeModule beta = await NodeModule.OpenAsync(harness, harness.Beta);
        _ = await beta.AskAsync("listenToInputs", Cancel);

        _ = await alpha.AskAsync("send", NodeModule.Message("events", "m1", new JsonObject { ["a b"] = "x/y" }), Cancel);

        JsonObject input = await beta.ReadEventAsync("input", Cancel);
        Assert.Equal(
            ("in", """{"v":1}""", "m1"), ((string?)input["input"], (string?)input["body"], (string?)input["messageId"]));
        Assert.Equal("x/y", (string?)input["properties"]!["a b"]);
        Assert.Null((await beta.ReadEventAsync("completed", Cancel))["error"]);
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_message_for_IoT_Hub_arrives_there_with_its_properties()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);

        _ = await alpha.AskAsync("send", NodeModule.Message("telemetry", "m1", new JsonObject { ["msgType"] = "telemetry" }), Cancel);

        CloudMessage message = await harness.ReceiveAsync();
        Assert.Equal(("alpha", "m1"), (message.ModuleId, message.Message.MessageId));
        Assert.Equal("telemetry", message.Message.Properties["msgType"]);
        Assert.Equal("utf-8", message.SystemProperties["$.ce"]);
        Assert.Equal("""{"v":1}""", Encoding.UTF8.GetString(message.Message.Body.Span));
    }

    [Fact(Timeout = 180_000)]
    public async Task The_twin_is_read_reported_to_and_followed()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(
            new BrokerSetup { Change = options => options with { ReportedSyncInterval = TimeSpan.FromMilliseconds(1) } },
            TestContext.Current.CancellationToken);
        var reported = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Hub.OnReported((_, patch) => reported.TrySetResult(patch));
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 });
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);

        JsonNode twin = (await alpha.AskAsync("getTwin", Cancel))!;
        Assert.Equal((5, 2), ((int)twin["desired"]!["interval"]!, (int)twin["desired"]!["$version"]!));
        _ = await alpha.AskAsync("listenToDesired", Cancel);
        Assert.Equal(5, (int)(await alpha.ReadEventAsync("desired", Cancel))["patch"]!["interval"]!);
        _ = await alpha.AskAsync("report", new JsonObject { ["patch"] = new JsonObject { ["state"] = "up" } }, Cancel);
        Assert.Equal("up", (string?)(await reported.Task)["state"]);

        // The client subscribes in the background when a listener is attached; a change before that is a version it never hears of.
        await harness.EdgeHub.WaitUntilSubscribedAsync(harness.Alpha.Identity, HubFeature.DesiredProperties, Cancel);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 7 });

        JsonNode patch = (await alpha.ReadEventAsync("desired", Cancel))["patch"]!;
        Assert.Equal((7, 3), ((int)patch["interval"]!, (int)patch["$version"]!));
    }

    [Fact(Timeout = 180_000)]
    public async Task Without_uplink_the_client_gets_an_empty_twin()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 });
        harness.Uplink.Set(UplinkState.Cut);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);

        JsonNode twin = (await alpha.AskAsync("getTwin", Cancel))!;

        Assert.False(twin["desired"]!.AsObject().ContainsKey("interval"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_direct_method_is_answered()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule alpha = await NodeModule.OpenAsync(harness, harness.Alpha);
        var arguments = new JsonObject { ["method"] = "ping", ["status"] = 201, ["payload"] = new JsonObject { ["pong"] = 1 } };
        _ = await alpha.AskAsync("listenToMethod", arguments, Cancel);

        MethodResult result = await harness.Hub.InvokeMethodAsync(
            harness.Alpha.Identity,
            new MethodCall("ping", """{"q":1}"""u8.ToArray()) { ConnectTimeout = TimeSpan.FromMinutes(1) },
            Cancel);

        Assert.Equal((201, """{"pong":1}"""), (result.Status, Encoding.UTF8.GetString(result.Payload.Span)));
        JsonObject called = await alpha.ReadEventAsync("method", Cancel);
        Assert.Equal(("ping", 1), ((string?)called["method"], (int)called["payload"]!["q"]!));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_second_client_of_the_same_identity_disconnects_the_first()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule first = await NodeModule.OpenAsync(harness, harness.Alpha, retries: false);
        await using NodeModule second = await NodeModule.OpenAsync(harness, harness.Alpha, retries: false);

        _ = await first.ReadEventAsync("disconnect", Cancel);

        _ = await second.AskAsync("send", NodeModule.Message("telemetry", "m1"), Cancel);
        Assert.Equal("m1", (await harness.ReceiveAsync()).Message.MessageId);
        Assert.Equal(1, harness.Log.Count(TakenOver));
    }

    [Fact(Timeout = 180_000)]
    public async Task Two_clients_of_the_same_identity_that_reconnect_drive_each_other_out_again_and_again()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using NodeModule first = await NodeModule.OpenAsync(harness, harness.Alpha, listens: true);
        await using NodeModule second = await NodeModule.OpenAsync(harness, harness.Alpha, listens: true);

        await harness.Log.WaitForAsync(TakenOver, times: 3, Cancel);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_token_of_another_module_is_refused()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        RegisteredIdentity impostor = harness.Alpha with { PrimaryKey = harness.Beta.PrimaryKey };

        NodeException refused = await Assert.ThrowsAsync<NodeException>(async () =>
        {
            await using NodeModule client = await NodeModule.OpenAsync(harness, impostor);
        });

        Assert.Equal("UnauthorizedError", refused.Name);
    }
}
