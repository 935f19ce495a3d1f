using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MQTTnet.Protocol;
using Sallyport.IotHub.Tests.Broker;

namespace Sallyport.IotHub.Tests.Connections;

/// <summary>The twin on a real socket.</summary>
public sealed class TwinTests
{
    private readonly Channel<DesiredProperties> _received = Channel.CreateUnbounded<DesiredProperties>();

    // facts 6.35
    [Fact(Timeout = 30_000)]
    public async Task The_whole_twin_comes_first_and_patches_are_merged_into_it()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        Listen(rig, """{"desired":{"a":{"x":1,"y":2},"b":3,"$version":4},"reported":{"$version":1}}""");
        await rig.StartAsync();
        Assert.Equal((4, """{"a":{"x":1,"y":2},"b":3}"""), await NextAsync(rig));

        await PatchAsync(rig, """{"a":{"x":null,"z":5},"b":null,"$version":5}""");

        Assert.Equal((5, """{"a":{"y":2,"z":5}}"""), await NextAsync(rig));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_missing_version_is_read_from_the_whole_twin()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        Listen(rig, """{"desired":{"a":1,"$version":4},"reported":{}}""");
        await rig.StartAsync();
        Assert.Equal((4, """{"a":1}"""), await NextAsync(rig));
        rig.Broker.OnTwinGet = () => (200, """{"desired":{"a":6,"$version":6},"reported":{}}""");

        await PatchAsync(rig, """{"a":6,"$version":6}""");

        Assert.Equal((6, """{"a":6}"""), await NextAsync(rig));
    }

    [Fact(Timeout = 30_000)]
    public async Task After_a_reconnect_the_twin_is_read_again()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        Listen(rig, """{"desired":{"a":1,"$version":4},"reported":{}}""");
        await rig.StartAsync();
        await NextAsync(rig);
        rig.Broker.OnTwinGet = () => (200, """{"desired":{"a":2,"$version":9},"reported":{}}""");

        await rig.Broker.CloseAsync(Rig.ClientId);
        await rig.UntilAsync(HubConnectionState.BackingOff);
        await rig.ReconnectAsync();

        Assert.Equal((9, """{"a":2}"""), await NextAsync(rig));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_empty_twin_of_an_offline_broker_does_not_delete_the_seed_and_later_patches_go_into_it()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        Listen(rig, """{"desired":{},"reported":{}}""");
        rig.Connection.SeedDesired(new DesiredProperties(7, new JsonObject { ["a"] = 1 }));
        await rig.StartAsync();

        await PatchAsync(rig, """{"b":2,"$version":8}""");

        Assert.Equal((8, """{"a":1,"b":2}"""), await NextAsync(rig));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_empty_twin_of_an_offline_broker_is_asked_for_until_there_is_one()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        int asked = 0;
        Listen(rig, "");
        rig.Broker.OnTwinGet = () => (200, asked++ < 3 ? """{"desired":{},"reported":{}}""" : """{"desired":{"a":1,"$version":1},"reported":{}}""");
        await rig.StartAsync();

        DesiredProperties desired = await rig.AdvanceUntilReadAsync(_received.Reader, TimeSpan.FromSeconds(1));

        Assert.Equal((1, """{"a":1}"""), (desired.Version, desired.Document.ToJsonString()));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_twin_that_is_not_answered_or_refused_is_asked_for_again()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        Listen(rig, "");
        var asked = Channel.CreateUnbounded<int>();
        int attempt = 0;
        rig.Broker.OnTwinGet = () =>
        {
            asked.Writer.TryWrite(attempt);
            return attempt++ switch
            {
                0 => null,
                1 => (429, ""),
                2 => (200, "not a twin"),
                _ => (200, """{"desired":{"a":1,"$version":1},"reported":{}}"""),
            };
        };
        await rig.StartAsync();

        for (int number = 0; number < 4; number++)
        {
            Assert.Equal(number, await rig.AdvanceUntilReadAsync(asked.Reader, TimeSpan.FromSeconds(1)));
        }

        Assert.Equal((1, """{"a":1}"""), await NextAsync(rig));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_handler_that_fails_does_not_stop_the_next_change()
    {
        await using Rig rig = await Rig.CreateAsync(TestContext.Current.CancellationToken);
        rig.Connection.OnDesired((desired, token) => desired.Version == 1
            ? throw new InvalidOperationException("the handler fails")
            : _received.Writer.WriteAsync(desired, token).AsTask());
        await rig.StartAsync();

        await PatchAsync(rig, """{"a":1,"$version":2}""");

        Assert.Equal((2, """{"a":1}"""), await NextAsync(rig));
        Assert.Contains(rig.Logs.GetSnapshot(), record => record.Id.Id == 3310);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_report_is_answered_by_its_own_request_id()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        rig.Broker.OnReported = arrival => arrival.Text.Contains("bad", StringComparison.Ordinal) ? 400 : 204;

        Task<ReportOutcome> good = rig.Connection.ReportAsync(new JsonObject { ["good"] = 1, ["gone"] = null }, rig.Over);
        Task<ReportOutcome> bad = rig.Connection.ReportAsync(new JsonObject { ["bad"] = 1 }, rig.Over);

        Assert.IsType<ReportOutcome.Accepted>(await good);
        Assert.Equal(new ReportOutcome.Refused(400), await bad);
        Arrival arrival = await rig.Broker.Arrivals.ReadAsync(rig.Over);
        Assert.Equal("""{"good":1,"gone":null}""", arrival.Text);
        Assert.Equal(0, arrival.Quality);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_report_without_answer_ends_after_its_time_limit()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        rig.Broker.OnReported = _ => null;
        Task<ReportOutcome> report = rig.Connection.ReportAsync([], rig.Over);
        await rig.Broker.Arrivals.ReadAsync(rig.Over);

        rig.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(new ReportOutcome.Unanswered("no answer within 60 s"), await report);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_report_ends_when_the_connection_does()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);
        rig.Broker.OnReported = _ => null;
        Task<ReportOutcome> report = rig.Connection.ReportAsync([], rig.Over);
        await rig.Broker.Arrivals.ReadAsync(rig.Over);

        await rig.Broker.CloseAsync(Rig.ClientId);

        Assert.IsType<ReportOutcome.Unanswered>(await report);
        await rig.UntilAsync(HubConnectionState.BackingOff);
        Assert.Equal(new ReportOutcome.Unanswered("not connected"), await rig.Connection.ReportAsync([], rig.Over));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_report_that_no_broker_takes_is_refused_before_sending()
    {
        await using Rig rig = await Rig.ConnectAsync(TestContext.Current.CancellationToken);

        ReportOutcome outcome = await rig.Connection.ReportAsync(new JsonObject { ["a"] = new string('x', 255_000) }, rig.Over);

        Assert.Equal(new ReportOutcome.Refused(413), outcome);
    }

    private static Task PatchAsync(Rig rig, string patch) => rig.Broker.SendAsync(
        Rig.ClientId,
        string.Create(CultureInfo.InvariantCulture, $"$iothub/twin/PATCH/properties/desired/?$version={JsonNode.Parse(patch)!["$version"]}"),
        patch,
        MqttQualityOfServiceLevel.AtMostOnce);

    private void Listen(Rig rig, string twin)
    {
        rig.Broker.OnTwinGet = () => (200, twin);
        rig.Connection.OnDesired((desired, token) => _received.Writer.WriteAsync(desired, token).AsTask());
    }

    private async Task<(long Version, string Document)> NextAsync(Rig rig)
    {
        DesiredProperties desired = await _received.Reader.ReadAsync(rig.Over);
        return (desired.Version, desired.Document.ToJsonString());
    }
}
