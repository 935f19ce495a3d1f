using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>Connections that break, are refused, taken over or dead, on a real socket.</summary>
public sealed class ReconnectTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_the_broker_closes_comes_back_after_a_wait()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> connects = rig.Collect<long>("sallyport.hub.connects");
        using MetricCollector<long> disconnects = rig.Collect<long>("sallyport.hub.disconnects");
        using MetricCollector<int> connected = rig.Collect<int>("sallyport.hub.connected");

        await rig.Broker.CloseAsync(Rig.ClientId);
        await rig.UntilAsync(HubConnectionState.BackingOff);

        connected.RecordObservableInstruments();
        Assert.Equal(0, connected.LastMeasurement?.Value);
        Assert.Equal(1, Rig.Sum(disconnects, "reason", "lost"));
        rig.Time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.Equal(HubConnectionState.BackingOff, rig.Connection.State);
        rig.Time.Advance(TimeSpan.FromSeconds(0.1));
        await rig.UntilAsync(HubConnectionState.Connected);
        connected.RecordObservableInstruments();
        Assert.Equal(1, connected.LastMeasurement?.Value);
        Assert.Equal(1, Rig.Sum(connects));
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_half_open_connection_is_restarted_120_s_after_the_last_acknowledgement()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> restarts = rig.Collect<long>("sallyport.hub.watchdog_restarts");
        using MetricCollector<long> disconnects = rig.Collect<long>("sallyport.hub.disconnects");
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));
        rig.Broker.Loses = packet => packet is MqttPubAckPacket;
        rig.Time.Advance(TimeSpan.FromSeconds(60));
        Task<SendOutcome> send = rig.SendAsync("m-2");
        await rig.NextArrivalAsync();
        await rig.NextArrivalAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.IsType<SendOutcome.Unacknowledged>(await send);
        rig.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.Equal(HubConnectionState.Connected, rig.Connection.State);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        await rig.UntilAsync(HubConnectionState.BackingOff);

        Assert.Contains(rig.Logs.GetSnapshot(), record =>
            record.Level == LogLevel.Warning
            && string.Equals(record.Message, "No data acknowledged by broker in 120s, restarting connection", StringComparison.Ordinal));
        Assert.Equal(1, Rig.Sum(restarts));
        Assert.Equal(1, Rig.Sum(disconnects, "reason", "watchdog"));
        Assert.Equal(HubIncidentKind.WatchdogRestart, Assert.Single(rig.Incidents).Kind);
        rig.Broker.Loses = _ => false;
        await rig.ReconnectAsync();
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-2"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_that_somebody_wants_replaced_is_closed_in_good_order_and_opened_again_at_once()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> connects = rig.Collect<long>("sallyport.hub.connects");
        using MetricCollector<long> disconnects = rig.Collect<long>("sallyport.hub.disconnects");

        Assert.True(rig.Connection.Reconnect());
        await connects.WaitForMeasurementsAsync(1, rig.Over);
        await rig.UntilAsync(HubConnectionState.Connected);

        Assert.Equal(1, Rig.Sum(disconnects, "reason", "asked"));
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_an_open_connection_there_is_nothing_to_replace()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        Assert.False(rig.Connection.Reconnect());
        await rig.StartAsync();
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_idle_connection_is_left_alone()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));

        rig.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-2"));
        Assert.Empty(rig.Incidents);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lost_connack_is_tried_again()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        rig.Broker.Loses = packet => packet is MqttConnAckPacket;
        rig.Launch();
        await rig.Broker.Connects.ReadAsync(rig.Over);

        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await rig.UntilAsync(HubConnectionState.BackingOff);
        rig.Broker.Loses = _ => false;
        await rig.ReconnectAsync();

        Assert.Contains(rig.Logs.GetSnapshot(), record => record.Message.Contains("no connection within 30 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_lost_suback_is_tried_again()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        var isAsked = new TaskCompletionSource();
        rig.Broker.Loses = packet => packet is MqttSubAckPacket && (isAsked.TrySetResult() || true);
        rig.Launch();
        await isAsked.Task.WaitAsync(rig.Over);

        rig.Time.Advance(TimeSpan.FromSeconds(30));
        await rig.UntilAsync(HubConnectionState.BackingOff);
        rig.Broker.Loses = _ => false;
        await rig.ReconnectAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_second_client_with_our_identity_is_an_incident()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> takeovers = rig.Collect<long>("sallyport.hub.takeovers");

        for (int round = 0; round < 3; round++)
        {
            using RawClient other = await RawClient.ConnectAsync(rig, Rig.ClientId);
            await rig.UntilAsync(HubConnectionState.BackingOff);
            Assert.Equal(round < 2 ? 0 : 1, Rig.Sum(takeovers));
            await rig.ReconnectAsync();
        }

        Assert.Equal(HubIncidentKind.Takeover, Assert.Single(rig.Incidents).Kind);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_token_is_replaced_by_a_planned_reconnect_before_it_ends()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using MetricCollector<long> disconnects = rig.Collect<long>("sallyport.hub.disconnects");
        using MetricCollector<double> remaining = rig.Collect<double>("sallyport.sas.remaining");
        string first = (await rig.Broker.Connects.ReadAsync(rig.Over)).Password;
        remaining.RecordObservableInstruments();
        CollectedMeasurement<double>? measured = remaining.LastMeasurement;
        Assert.InRange(measured!.Value, 3599, 3600);
        Assert.Equal("runtime", measured.Tags["kind"]);
        Assert.Equal("edge-1/reader", measured.Tags["credential"]);

        // 82.5 % of an hour, as the random number is 0.5.
        rig.Time.Advance(TimeSpan.FromSeconds(2969));
        Assert.IsType<SendOutcome.Acknowledged>(await rig.SendAsync("m-1"));
        Assert.False(rig.Broker.Connects.TryRead(out _));
        rig.Time.Advance(TimeSpan.FromSeconds(2));

        string second = (await rig.Broker.Connects.ReadAsync(rig.Over)).Password;
        await rig.UntilAsync(HubConnectionState.Connected);
        Assert.NotEqual(first, second);
        Assert.Equal(1, Rig.Sum(disconnects, "reason", "token"));
        Assert.Empty(rig.Incidents);
        remaining.RecordObservableInstruments();
        Assert.InRange(remaining.LastMeasurement!.Value, 3590, 3600);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stop_in_any_state_ends_the_run()
    {
        await using Rig backingOff = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        backingOff.Broker.ConnectAnswer = MqttConnectReasonCode.NotAuthorized;
        backingOff.Launch();
        await backingOff.UntilAsync(HubConnectionState.BackingOff);
        await backingOff.StopAsync();
        Assert.Equal(HubConnectionState.Closed, backingOff.Connection.State);

        await using Rig connecting = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        connecting.Broker.Loses = packet => packet is MqttConnAckPacket;
        connecting.Launch();
        await connecting.Broker.Connects.ReadAsync(connecting.Over);
        await connecting.StopAsync();
        Assert.Equal(HubConnectionState.Closed, connecting.Connection.State);

        await using Rig closed = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        await closed.StopAsync();
        closed.Launch();
        await closed.StopAsync();
        Assert.Equal(HubConnectionState.Closed, closed.Connection.State);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_connection_runs_once_and_takes_no_handlers_while_it_runs()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Throws<InvalidOperationException>(() => rig.Connection.OnInput("a", (_, _) => Task.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => rig.Connection.OnMethod("a", (_, _) => Task.FromResult(new MethodResponse(200, default))));
        Assert.Throws<InvalidOperationException>(() => rig.Connection.OnDesired((_, _) => Task.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => rig.Connection.OnCloudMessage((_, _) => Task.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => rig.Connection.OnIncident(_ => { }));
        Assert.Throws<InvalidOperationException>(() => rig.Connection.SeedDesired(new DesiredProperties(1, [])));
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Connection.RunAsync(rig.Over));
    }
}
