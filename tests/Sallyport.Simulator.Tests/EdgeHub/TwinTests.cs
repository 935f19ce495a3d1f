using System.Text.Json.Nodes;
using Sallyport.Simulator.Cloud;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class TwinTests
{
    private const string DesiredFilter = "$iothub/twin/PATCH/properties/desired/#";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_twin_comes_from_IoT_Hub_with_versions()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 });
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        RawMessage answer = await alpha.ReadTwinAsync(quality: 0, Cancel);

        Assert.Equal("$iothub/twin/res/200/?$rid=get-1", answer.Topic);
        Assert.Equal("""{"desired":{"$version":2,"interval":5},"reported":{"$version":1}}""", answer.Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_answer_follows_the_acknowledgement_of_a_request_at_QoS_1()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        for (int count = 0; count < 25; count++)
        {
            _ = await alpha.ReadTwinAsync(quality: 1, Cancel);
        }

        const int acknowledgement = 4;
        const int publish = 3;
        int[] order = [.. alpha.PacketsIn.Select(first => first >> 4).Where(type => type is acknowledgement or publish)];
        Assert.Equal(Enumerable.Repeat(new[] { acknowledgement, publish }, 25).SelectMany(pair => pair), order);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_uplink_the_stored_twin_is_given_and_without_that_an_empty_one()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 });
        _ = harness.Hub.UpdateDesired(harness.Beta.Identity, new JsonObject { ["interval"] = 6 });
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectAsync(harness.Beta);
        string before = (await alpha.ReadTwinAsync(quality: 0, Cancel)).Text;

        harness.Uplink.Set(UplinkState.Cut);

        Assert.Equal(before, (await alpha.ReadTwinAsync(quality: 0, Cancel)).Text);
        Assert.Equal("""{"desired":{},"reported":{}}""", (await beta.ReadTwinAsync(quality: 0, Cancel)).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task Reported_properties_are_acknowledged_at_once_without_version_and_reach_IoT_Hub_later()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        var reported = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Hub.OnReported((_, patch) => reported.TrySetResult(patch));
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        RawMessage first = await alpha.ReportAsync("""{"a":1,"inner":{"x":1,"y":2}}""", Cancel);
        RawMessage second = await alpha.ReportAsync("""{"b":2,"inner":{"x":null}}""", Cancel);

        Assert.Equal(("$iothub/twin/res/204/?$rid=report-1", string.Empty), (first.Topic, first.Text));
        Assert.Equal("$iothub/twin/res/204/?$rid=report-2", second.Topic);
        Assert.False(reported.Task.IsCompleted);
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(5), times: 1, Cancel);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("""{"a":1,"inner":{"x":null,"y":2},"b":2}""", (await reported.Task).ToJsonString());
        Assert.Equal(
            """{"$version":2,"a":1,"inner":{"y":2},"b":2}""",
            harness.Hub.ReadTwin(harness.Alpha.Identity)["reported"]!.ToJsonString());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("no JSON")]
    [InlineData("[1]")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":4503599627370497}""")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}""")]
    public async Task Reported_properties_that_are_none_are_answered_with_400(string patch)
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);

        Assert.Equal("$iothub/twin/res/400/?$rid=report-1", (await alpha.ReportAsync(patch, Cancel)).Topic);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_reported_without_uplink_is_sent_when_it_is_back()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(
            new BrokerSetup { Change = options => options with { ReportedSyncInterval = TimeSpan.FromMilliseconds(1) } },
            TestContext.Current.CancellationToken);
        var reported = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.Hub.OnReported((_, patch) => reported.TrySetResult(patch));
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        harness.Uplink.Set(UplinkState.Cut);
        _ = await alpha.ReportAsync("""{"a":1}""", Cancel);

        harness.Uplink.Set(UplinkState.Open);

        Assert.Equal("""{"a":1}""", (await reported.Task).ToJsonString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_change_of_desired_properties_is_sent_as_a_patch_with_its_version()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.SubscribeAsync(DesiredFilter, 1, Cancel);
        _ = await alpha.ReadTwinAsync(quality: 0, Cancel);

        Assert.Equal(2, harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 }));

        RawMessage patch = await alpha.Received.ReadAsync(Cancel);
        Assert.Equal("$iothub/twin/PATCH/properties/desired/?$version=2", patch.Topic);
        Assert.Equal("""{"interval":5,"$version":2}""", patch.Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task After_missed_versions_the_difference_to_the_whole_twin_is_sent()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5, ["old"] = true });
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.SubscribeAsync(DesiredFilter, 1, Cancel);
        _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
        harness.Uplink.Set(UplinkState.Cut);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 6, ["old"] = null });
        harness.Uplink.Set(UplinkState.Open);

        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["fresh"] = 1 });

        RawMessage patch = await alpha.Received.ReadAsync(Cancel);
        Assert.Equal("$iothub/twin/PATCH/properties/desired/?$version=4", patch.Topic);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"interval":6,"fresh":1,"old":null,"$version":4}"""), patch.Json));
    }

    [Fact(Timeout = 60_000)]
    public async Task When_the_uplink_is_back_a_twin_that_was_not_read_for_two_minutes_is_read_again()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.SubscribeAsync(DesiredFilter, 1, Cancel);
        _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
        harness.Uplink.Set(UplinkState.Cut);
        _ = harness.Hub.UpdateDesired(harness.Alpha.Identity, new JsonObject { ["interval"] = 5 });
        time.Advance(TimeSpan.FromMinutes(3));

        harness.Uplink.Set(UplinkState.Open);

        Assert.Equal("""{"$version":2,"interval":5}""", (await alpha.Received.ReadAsync(Cancel)).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_route_may_take_changes_of_reported_properties()
    {
        var routes = new Dictionary<string, RouteDefinition>(StringComparer.Ordinal)
        {
            ["changes"] = new("FROM /twinChangeNotifications WHERE twin_change_includes(a) INTO $upstream"),
        };
        await using BrokerHarness harness =
            await BrokerHarness.StartAsync(new BrokerSetup { Routes = routes }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        _ = await alpha.ReportAsync("""{"b":1}""", Cancel);
        _ = await alpha.ReportAsync("""{"a":1}""", Cancel);

        CloudMessage change = await harness.ReceiveAsync();

        Assert.Equal("""{"a":1}""", System.Text.Encoding.UTF8.GetString(change.Message.Body.Span));
        Assert.Equal("twinChangeNotification", change.SystemProperties["$.schema"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_gets_the_answers_of_another_client()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectAsync(harness.Beta);
        _ = await beta.SubscribeAsync("$iothub/twin/res/#", 1, Cancel);

        _ = await alpha.ReadTwinAsync(quality: 0, Cancel);
        _ = await beta.ReadTwinAsync(quality: 0, Cancel); // Fails if an answer of alpha came first.

        Assert.False(beta.Received.TryPeek(out _));
    }
}
