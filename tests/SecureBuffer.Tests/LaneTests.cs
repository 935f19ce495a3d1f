using Sallyport.SecureBuffer.Configuration;
using Sallyport.SecureBuffer.Ring;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Pages become messages, alerts before the rest.</summary>
public sealed class LaneTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_page_carries_where_it_stands_in_its_properties()
    {
        HubMessage frame = TelemetryMessage.Of(
            new Frame("chiller-1", "modbus-tcp", "fast", FrameKind.Key, new string('0', 26), 0, DateTimeOffset.UnixEpoch, [Point.Bad("a", StatusCode.BadTimeout, "timeout")]),
            "cfg");
        _bench.Lanes.Append(new RingRecord(MessageType.Telemetry, frame.Body, Quality.Bad));
        _bench.Lanes.Append(new RingRecord(MessageType.Telemetry, frame.Body, Quality.Good));
        _bench.Lanes.Seal();

        HubMessage message = _bench.Lanes.Take(_bench.Plan)!.Value.Page.Message;

        MessageSchema.Validate(message);
        var id = _bench.Lanes.Bulk.Identity!.Buffer;
        Assert.Matches("^[0-9a-f]{32}-bulk$", id);
        Assert.Equal($"{id}-1", message.MessageId);
        Assert.Equal(_bench.Clock.GetUtcNow(), message.CreatedAt);
        Assert.Equal(
            [
                "msgType=telemetry", "quality=Bad", "schema=sallyport.batch/1", "source=SecureBuffer", $"sp-buffer={id}",
                "sp-count=2", $"sp-epoch={_bench.Lanes.Bulk.Identity.Epoch}", "sp-lost=0", "sp-page=1", $"sp-prev={new string('0', 64)}", "sp-seq=0",
            ],
            message.Properties.Where(property => property.Key is not (MessageProperties.Mac or MessageProperties.KeyId))
                .Select(property => $"{property.Key}={property.Value}").Order(StringComparer.Ordinal));
        Assert.Matches("^[0-9a-f]{64}$", message.Properties[MessageProperties.Mac]);
        Assert.Matches("^[0-9a-f]{32}$", message.Properties[MessageProperties.KeyId]);
    }

    [Fact]
    public void A_page_that_waited_for_the_uplink_is_a_replay()
    {
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Clock.Advance(_bench.Plan.MaxLatency + TimeSpan.FromSeconds(5) + TimeSpan.FromMilliseconds(1));

        Assert.Equal("true", _bench.Lanes.Take(_bench.Plan)!.Value.Page.Message.Properties[MessageProperties.Replay]);
    }

    [Fact]
    public void A_resend_is_the_same_message_even_when_it_is_late()
    {
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Seal();
        (Lane lane, Page page) = _bench.Lanes.Take(_bench.Plan)!.Value;
        HubMessage first = page.Message;
        lane.Return([page]);
        _bench.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Same(first, _bench.Lanes.Take(_bench.Plan)!.Value.Page.Message);
        Assert.False(first.Properties.ContainsKey(MessageProperties.Replay));
    }

    [Fact]
    public void A_page_is_due_when_it_is_as_old_as_the_latency()
    {
        Assert.Null(_bench.Lanes.UntilDue(_bench.Plan));
        _bench.Lanes.Append(Bench.Record(0));

        Assert.Equal(_bench.Plan.MaxLatency, _bench.Lanes.UntilDue(_bench.Plan));
        Assert.Null(_bench.Lanes.Take(_bench.Plan));

        _bench.Clock.Advance(_bench.Plan.MaxLatency);
        Assert.Equal(TimeSpan.Zero, _bench.Lanes.UntilDue(_bench.Plan));
        Assert.NotNull(_bench.Lanes.Take(_bench.Plan));
    }

    [Fact]
    public void A_full_page_is_due_at_once()
    {
        _bench.Lanes.Append(Bench.Record(0, size: 15_000));
        _bench.Lanes.Append(Bench.Record(1, size: 15_000));

        Assert.Equal(TimeSpan.Zero, _bench.Lanes.UntilDue(_bench.Plan));
    }

    [Theory]
    [InlineData("security")]
    [InlineData("posture")]
    [InlineData("audit")]
    public void Alerts_have_their_own_lane_go_first_and_wait_a_second_at_most(string type)
    {
        Assert.True(MessageType.TryParse(type, out MessageType? alert));
        Assert.Same(_bench.Lanes.Bulk, _bench.Lanes.Append(Bench.Record(0)).Lane);
        _bench.Lanes.Bulk.Seal(_bench.Moments.Now);
        Assert.Same(_bench.Lanes.Alerts, _bench.Lanes.Append(Bench.Record(1, alert)).Lane);
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));

        (Lane lane, Page page) = _bench.Lanes.Take(_bench.Plan)!.Value;

        Assert.Same(_bench.Lanes.Alerts, lane);
        Assert.Equal(0, page.Sealed.Fields.FirstSeq);
        Assert.EndsWith("-alerts-1", page.Message.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public void Telemetry_never_evicts_an_alert()
    {
        _bench.Lanes.Append(Bench.Record(0, MessageType.Security));
        for (var number = 0; number < 300; number++)
        {
            _bench.Lanes.Append(Bench.Record(number, size: 10_000));
        }

        LaneStatus alerts = _bench.Lanes.Alerts.Status(_bench.Moments.Now);
        Assert.Equal(1, alerts.Depth);
        Assert.All(alerts.Lost, loss => Assert.Equal(0, loss.Records));
        Assert.NotEqual(0, _bench.Lanes.Bulk.Status(_bench.Moments.Now).Lost.Sum(loss => loss.Records));
    }

    [Fact]
    public void Gaps_of_the_alerts_lane_travel_as_security()
    {
        using var bench = new Bench(BufferPlan.Default with { AlertsSizeInBytes = 262_144 });
        for (var number = 0; number < 20; number++)
        {
            bench.Lanes.Append(Bench.Record(number, MessageType.Audit, size: 14_000));
        }

        Page? last = null;
        while (bench.Lanes.Take(bench.Plan) is { } taken)
        {
            last = taken.Page;
        }

        Assert.True(last is { IsGap: true });
        MessageSchema.Validate(last.Message);
        Assert.Equal("security", last.Message.Properties[MessageProperties.MessageType]);
    }
}
