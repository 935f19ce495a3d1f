using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Tests.Brokers;

namespace Sallyport.Simulator.Tests.EdgeHub;

public sealed class ModuleInputTests
{
    private const string ToEvents = "%24.on=events";
    private const int Delivering = 5201;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_route_brings_a_message_to_the_input_with_its_properties_and_its_sender()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectReceiverAsync(harness.Beta);

        await alpha.SendAsync($"{ToEvents}&%24.mid=m%2F1&a%20b=x%2Fy", "hello", Cancel);

        RawMessage input = await beta.Received.ReadAsync(Cancel);
        Assert.Equal("hello", input.Text);
        Assert.Equal((1, false), (input.Quality, input.IsDuplicate));
        Assert.Equal(
            "devices/edge-1/modules/beta/inputs/in/%24.mid=m%2F1&%24.cdid=edge-1&%24.cmid=alpha&a%20b=x%2Fy",
            input.Topic);
        await input.AcknowledgeAsync();
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
        Assert.Equal(
            1,
            (await harness.ReadMetricsAsync()).Find(
                "edgehub_messages_sent_total",
                ("from", "edge-1/alpha"),
                ("to", "edge-1/beta"),
                ("from_route_output", "events"),
                ("to_route_input", "in"),
                ("priority", "2000000000")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_one_message_of_a_module_is_in_flight_whatever_its_inputs()
    {
        var routes = new Dictionary<string, RouteDefinition>(BrokerHarness.UsualRoutes, StringComparer.Ordinal)
        {
            ["second"] = new("FROM /messages/modules/alpha/outputs/more INTO BrokeredEndpoint('/modules/beta/inputs/more')"),
        };
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Routes = routes }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectReceiverAsync(harness.Beta);
        await alpha.SendAsync(ToEvents, "1", Cancel);
        await alpha.SendAsync("%24.on=more", "2", Cancel);
        await alpha.SendAsync(ToEvents, "3", Cancel);

        var texts = new List<string>();
        for (int count = 0; count < 3; count++)
        {
            RawMessage input = await beta.Received.ReadAsync(Cancel);
            RawMessage twin = await beta.ReadTwinAsync(quality: 0, Cancel); // Whatever was sent before is here by now.
            await twin.AcknowledgeAsync();
            Assert.False(beta.Received.TryPeek(out _));
            texts.Add(input.Text);
            await input.AcknowledgeAsync();
        }

        Assert.Equal(["1", "2", "3"], texts.Order(StringComparer.Ordinal));
        Assert.True(texts.IndexOf("1") < texts.IndexOf("3"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_acknowledgement_a_message_is_delivered_again_after_thirty_seconds_and_does_not_say_so()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectReceiverAsync(harness.Beta);
        await alpha.SendAsync($"{ToEvents}&%24.mid=m1", "1", Cancel);
        await alpha.SendAsync($"{ToEvents}&%24.mid=m2", "2", Cancel);

        RawMessage first = await beta.Received.ReadAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(30));
        RawMessage second = await beta.Received.ReadAsync(Cancel);

        Assert.Equal((first.Topic, first.Text, false), (second.Topic, second.Text, second.IsDuplicate));
        await first.AcknowledgeAsync(); // Too late: it counts for nothing.
        await second.AcknowledgeAsync();
        Assert.Equal("2", (await beta.Received.ReadAsync(Cancel)).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_late_acknowledgement_does_not_count()
    {
        var time = new ObservedTime();
        await using BrokerHarness harness = await BrokerHarness.StartAsync(new BrokerSetup { Time = time }, TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient beta = await harness.ConnectReceiverAsync(harness.Beta);
        await alpha.SendAsync(ToEvents, "1", Cancel);
        RawMessage first = await beta.Received.ReadAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(30));
        _ = await beta.Received.ReadAsync(Cancel);

        await first.AcknowledgeAsync();
        _ = await beta.ReadTwinAsync(quality: 0, Cancel);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("1", (await beta.Received.ReadAsync(Cancel)).Text);
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_wait_for_a_module_that_is_away_and_come_in_order()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        for (int number = 0; number < 20; number++)
        {
            await alpha.SendAsync(ToEvents, $"{number}", Cancel);
        }

        Assert.Equal(20, harness.EdgeHub.QueueLengths["edge-1/beta/in"]);
        await using RawClient beta = await harness.ConnectReceiverAsync(harness.Beta);

        for (int number = 0; number < 20; number++)
        {
            RawMessage input = await beta.Received.ReadAsync(Cancel);
            Assert.Equal($"{number}", input.Text);
            await input.AcknowledgeAsync();
        }

        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
        Assert.Equal(0, (await harness.ReadMetricsAsync()).Find("edgehub_queue_length", ("endpoint", "edge-1/beta/in")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_session_keeps_its_subscriptions_and_repeats_an_unacknowledged_message_once()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await alpha.SendAsync(ToEvents, "1", Cancel);
        await alpha.SendAsync(ToEvents, "2", Cancel);
        await using (RawClient before = await harness.ConnectReceiverAsync(harness.Beta))
        {
            Assert.False(before.IsSessionPresent);
            Assert.Equal("1", (await before.Received.ReadAsync(Cancel)).Text);
            await before.DisconnectAsync(Cancel);
        }

        await using RawClient after = await harness.ConnectAsync(harness.Beta);

        Assert.True(after.IsSessionPresent);
        Assert.Equal("1", (await after.Received.ReadAsync(Cancel)).Text);
        Assert.Equal("2", (await after.Received.ReadAsync(Cancel)).Text);
        await harness.EdgeHub.WaitUntilDrainedAsync(Cancel);
        _ = await after.ReadTwinAsync(quality: 0, Cancel);
        Assert.False(after.Received.TryPeek(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_clean_session_forgets_the_subscriptions()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using (RawClient before = await harness.ConnectReceiverAsync(harness.Beta))
        {
            await before.DisconnectAsync(Cancel);
        }

        await using RawClient clean = await RawClient.ConnectAsync(
            harness.ToEdgeHub(harness.Beta) with { IsCleanSession = true }, Cancel);
        await alpha.SendAsync(ToEvents, "1", Cancel);
        _ = await clean.ReadTwinAsync(quality: 0, Cancel);

        Assert.False(clean.IsSessionPresent);
        Assert.Equal(0, harness.Log.Count(Delivering));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_to_a_module_that_dies_on_it_is_delivered_to_its_next_connection()
    {
        await using BrokerHarness harness = await BrokerHarness.StartAsync(TestContext.Current.CancellationToken);
        await using RawClient alpha = await harness.ConnectAsync(harness.Alpha);
        await using RawClient first = await harness.ConnectReceiverAsync(harness.Beta);
        await alpha.SendAsync(ToEvents, "1", Cancel);
        _ = await first.Received.ReadAsync(Cancel);

        Assert.True(harness.EdgeHub.Cut(harness.Beta.Identity));
        await first.Disconnected;
        await using RawClient second = await harness.ConnectAsync(harness.Beta);

        Assert.Equal("1", (await second.Received.ReadAsync(Cancel)).Text);
    }
}
