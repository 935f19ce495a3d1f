using System.Text;
using Microsoft.Extensions.Logging;
using Sallyport.IotHub;
using Sallyport.SealedRing;
using Sallyport.SecureBuffer.Intake;
using Sallyport.SecureBuffer.Ring;
using Sallyport.SecureBuffer.Storage;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>What comes in, and what of it gets into which lane.</summary>
public sealed class InputIntakeTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("telemetry", "bulk")]
    [InlineData("status", "bulk")]
    [InlineData("metadata", "bulk")]
    [InlineData("metrics", "bulk")]
    [InlineData("diag", "bulk")]
    [InlineData("security", "alerts")]
    [InlineData("posture", "alerts")]
    [InlineData("audit", "alerts")]
    public async Task The_message_type_decides_the_lane(string type, string lane)
    {
        await Take("1", type: type);

        Assert.Equal(lane, Status().Single(status => status.Depth == 1).Name);
        Assert.Equal(type, Seal().Message.Properties[MessageProperties.MessageType]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("event")]
    public async Task A_message_of_a_type_that_we_do_not_know_is_kept_as_diag(string type)
    {
        await Take("1", type: type);

        Assert.Equal("diag", Seal().Message.Properties[MessageProperties.MessageType]);
    }

    [Fact]
    public async Task The_body_is_kept_byte_for_byte()
    {
        var body = Encoding.UTF8.GetBytes("""{ "a" : 1.0 , "ü":"\u00fc" }""");
        await Take("1", body);

        Assert.True(BatchBody.TrySplit(Seal().Message.Body, out var records));
        Assert.Equal(body, Assert.Single(records).ToArray());
    }

    [Fact]
    public async Task The_quality_of_a_message_goes_into_its_page()
    {
        var message = TelemetryMessage.Of(
            new Frame("s", "p", "g", FrameKind.Key, new string('0', 26), 0, DateTimeOffset.UnixEpoch, [Point.Bad("a", StatusCode.UncertainLastUsableValue, "old")]), "cfg");
        await _bench.Intake.HandleAsync(new InputMessage("telemetry", "ModbusReader", message), TestContext.Current.CancellationToken);

        Assert.Equal("Uncertain", Seal().Message.Properties[MessageProperties.Quality]);
    }

    [Fact]
    public async Task What_edgeHub_delivers_again_is_taken_once()
    {
        await Take("1");
        await Take("1");
        await Take("1", sender: "OtherReader");

        Assert.Equal(2, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task Only_the_last_4096_ids_are_remembered()
    {
        for (var id = 0; id <= 4096; id++)
        {
            await Take($"{id}");
        }

        await Take("4096");
        Assert.Equal(4097, _bench.Lanes.Depth);
        await Take("0");
        Assert.Equal(4098, _bench.Lanes.Depth);
    }

    [Fact]
    public async Task Messages_without_an_id_are_all_taken()
    {
        await Take("");
        await Take("");

        Assert.Equal(2, _bench.Lanes.Depth);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{},{}")]
    [InlineData("{\"a\":1}],\"b\":[{}")]
    public async Task What_would_spoil_its_neighbours_is_refused_and_counted(string body)
    {
        var refused = _bench.Collect<long>("sallyport.buffer.records_refused");
        await Take("1", Encoding.UTF8.GetBytes(body));

        Assert.Equal(0, _bench.Lanes.Depth);
        Assert.Equal(1, refused.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
        Assert.Equal(LogLevel.Warning, _bench.IntakeLog.LatestRecord.Level);
        Assert.Equal(2000, _bench.IntakeLog.LatestRecord.Id.Id);
    }

    [Fact]
    public async Task A_body_too_large_for_a_page_becomes_a_gap()
    {
        await Take("1", Bench.Json(1, LaneRing.MaxBodyBytes + 1));

        Assert.Equal((LossReason.Oversize, 1L), Status().Single(status => status.Name is "bulk").Lost.Single(loss => loss.Records > 0));
    }

    [Fact]
    public async Task Once_closed_a_message_is_left_to_edgeHub()
    {
        _bench.Intake.Close();
        using var stop = new CancellationTokenSource();
        Task handling = _bench.Intake.HandleAsync(Bench.Input("1", Bench.Json(1)), stop.Token);
        Assert.False(handling.IsCompleted);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);
        Assert.Equal(0, _bench.Lanes.Depth);
    }

    [Fact]
    public void The_modules_own_events_go_into_the_alerts_lane()
    {
        new RingEventSink(_bench.Lanes, _bench.IntakeMetrics).Raise(new SecurityEvent
        {
            EventId = "1",
            Kind = EventKind.Audit,
            TimeGenerated = DateTimeOffset.UnixEpoch,
            ModuleId = "SecureBuffer",
            EventType = "ConfigurationChange",
            Severity = EventSeverity.Informational,
        });

        Assert.Equal(1, Status().Single(status => status.Name is "alerts").Depth);
        Assert.Equal("audit", Seal().Message.Properties[MessageProperties.MessageType]);
    }

    private Task Take(string id, byte[]? body = null, string type = "telemetry", string sender = "ModbusReader") =>
        _bench.Intake.HandleAsync(Bench.Input(id, body ?? Bench.Json(1), type, sender), TestContext.Current.CancellationToken);

    private Page Seal()
    {
        _bench.Lanes.Seal();
        return _bench.Lanes.Take(_bench.Plan)!.Value.Page;
    }

    private LaneStatus[] Status() => [_bench.Lanes.Alerts.Status(_bench.Moments.Now), _bench.Lanes.Bulk.Status(_bench.Moments.Now)];
}
