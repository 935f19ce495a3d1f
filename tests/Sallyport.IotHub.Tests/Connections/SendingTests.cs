using System.Collections.Frozen;
using MQTTnet.Packets;
using Sallyport.IotHub.Tests.Broker;
using Sallyport.Telemetry;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>Messages on a real socket.</summary>
public sealed class SendingTests
{
    // facts 2.19: the content type is a system property, so that routes and queries can look into the body.
    [Fact(Timeout = 30_000)]
    public async Task A_message_arrives_with_its_properties_and_is_acknowledged()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        HubMessage message = Rig.Message("m-1", """{"v":1}""") with
        {
            CreatedAt = new DateTimeOffset(2026, 11, 22, 10, 15, 0, TimeSpan.Zero),
            Properties = new Dictionary<string, string> { ["msgType"] = "telemetry" }.ToFrozenDictionary(),
        };

        SendOutcome outcome = await rig.Connection.SendAsync("telemetry", message, rig.Over);

        Assert.IsType<SendOutcome.Acknowledged>(outcome);
        Arrival arrival = await rig.NextArrivalAsync();
        Assert.Equal(
            "devices/edge-1/modules/reader/messages/events/%24.mid=m-1&%24.ct=application%2Fjson&%24.ce=utf-8"
            + "&%24.ctime=2026-11-22T10%3A15%3A00.0000000Z&%24.on=telemetry&msgType=telemetry/",
            arrival.Topic);
        Assert.Equal("""{"v":1}""", arrival.Text);
        Assert.Equal(1, arrival.Quality);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_first_packet_is_what_azure_wants()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);

        MQTTnet.Server.ValidatingConnectionEventArgs connect = await rig.Broker.Connects.ReadAsync(rig.Over);

        Assert.Equal(MQTTnet.Formatter.MqttProtocolVersion.V311, connect.ProtocolVersion);
        Assert.False(connect.CleanSession);
        Assert.Equal<ushort?>(60, connect.KeepAlivePeriod);
        Assert.Equal("edge-1/reader", connect.ClientId);
        Assert.Equal("hub.test/edge-1/reader/?api-version=2021-04-12&DeviceClientType=Sallyport", connect.UserName);
        Assert.StartsWith("SharedAccessSignature sr=hub.test%2Fdevices%2Fedge-1%2Fmodules%2Freader&sig=", connect.Password, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Many_messages_at_a_time_arrive_in_the_order_of_the_calls()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using var sent = rig.Collect<long>("sallyport.hub.sent");
        using var acknowledged = rig.Collect<long>("sallyport.hub.acknowledged");

        SendOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => rig.SendAsync($"m-{number}", $"{number}")));

        Assert.All(outcomes, outcome => Assert.IsType<SendOutcome.Acknowledged>(outcome));
        for (int number = 0; number < outcomes.Length; number++)
        {
            Assert.Equal($"{number}", (await rig.NextArrivalAsync()).Text);
        }

        Assert.Equal((500, 500), (Rig.Sum(sent), Rig.Sum(acknowledged)));
    }

    [Fact(Timeout = 30_000)]
    public async Task No_more_messages_are_in_flight_than_allowed()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken, new RigOptions { Connection = new HubConnectionOptions { MaxInFlight = 3 } });
        rig.Broker.Loses = packet => packet is MqttPubAckPacket;
        Task<SendOutcome>[] sends = [.. Enumerable.Range(0, 10).Select(number => rig.SendAsync($"m-{number}"))];

        for (int number = 0; number < 3; number++)
        {
            Assert.Contains($"m-{number}&", (await rig.NextArrivalAsync()).Topic, StringComparison.Ordinal);
        }

        Assert.All(sends, send => Assert.False(send.IsCompleted));
        Assert.False(rig.Broker.Arrivals.TryRead(out _));
        await rig.StopAsync();
        Assert.All(await Task.WhenAll(sends.Take(3)), outcome => Assert.IsType<SendOutcome.Unacknowledged>(outcome));
        Assert.All(await Task.WhenAll(sends.Skip(3)), outcome => Assert.IsType<SendOutcome.NotConnected>(outcome));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_message_of_255000_bytes_is_sent_and_one_byte_more_is_refused()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using var tooLarge = rig.Collect<long>("sallyport.hub.too_large");

        // mid 5+1, ct 4+16, ce 4+5, on 4+9
        HubMessage largest = Rig.Message("m") with { Body = new byte[255_000 - 48] };
        HubMessage larger = Rig.Message("m") with { Body = new byte[255_000 - 47] };

        Assert.IsType<SendOutcome.Acknowledged>(await rig.Connection.SendAsync("telemetry", largest, TestContext.Current.CancellationToken));
        Assert.Equal(
            new SendOutcome.TooLarge(255_001, 255_000),
            await rig.Connection.SendAsync("telemetry", larger, rig.Over));
        Assert.Equal(255_000 - 48, (await rig.NextArrivalAsync()).Payload.Length);
        Assert.Equal(1, Rig.Sum(tooLarge));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_publish_without_acknowledgement_ends_after_its_own_time_limit()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        using var unacknowledged = rig.Collect<long>("sallyport.hub.unacknowledged");
        rig.Broker.Loses = packet => packet is MqttPubAckPacket;
        Task<SendOutcome> send = rig.SendAsync("m-1");
        await rig.NextArrivalAsync();

        rig.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(new SendOutcome.Unacknowledged("no acknowledgement within 20 s"), await send);
        Assert.Equal(1, Rig.Sum(unacknowledged));
        Assert.Equal(HubConnectionState.Connected, rig.Connection.State);
    }

    [Fact(Timeout = 30_000)]
    public async Task Without_a_connection_nothing_is_sent_and_the_caller_is_told()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);

        Assert.IsType<SendOutcome.NotConnected>(await rig.SendAsync("m-1"));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_was_in_flight_when_the_connection_broke_is_unacknowledged()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        rig.Broker.Loses = packet => packet is MqttPubAckPacket;
        Task<SendOutcome> send = rig.SendAsync("m-1");
        await rig.NextArrivalAsync();

        await rig.Broker.CloseAsync(Rig.ClientId);

        Assert.IsType<SendOutcome.Unacknowledged>(await send);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_caller_that_gives_up_is_let_go_while_its_message_is_in_flight()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        rig.Broker.Loses = packet => packet is MqttPubAckPacket;
        using var abandon = new CancellationTokenSource();
        Task<SendOutcome> send = rig.Connection.SendAsync("telemetry", Rig.Message("m-1"), abandon.Token);
        await rig.NextArrivalAsync();

        await abandon.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => send);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_property_with_the_name_of_a_system_property_is_our_mistake()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        HubMessage message = Rig.Message("m") with
        {
            Properties = new Dictionary<string, string> { ["$.mid"] = "other" }.ToFrozenDictionary(),
        };

        await Assert.ThrowsAsync<ArgumentException>(
            () => rig.Connection.SendAsync("telemetry", message, rig.Over));
        await Assert.ThrowsAsync<ArgumentException>(
            () => rig.Connection.SendAsync("a/b", Rig.Message("m"), rig.Over));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stop_waits_for_the_acknowledgements_that_are_due()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        Task<SendOutcome>[] sends = [.. Enumerable.Range(0, 50).Select(number => rig.SendAsync($"m-{number}", new string('x', 20_000)))];

        await rig.StopAsync();

        Assert.All(await Task.WhenAll(sends), outcome => Assert.IsType<SendOutcome.Acknowledged>(outcome));
        Assert.Equal(HubConnectionState.Closed, rig.Connection.State);
    }
}
