using System.Text;
using CsCheck;
using Sallyport.TestKit;

namespace Sallyport.Telemetry.Tests;

/// <summary>The envelope of a record.</summary>
public sealed class TelemetryMessageTests
{
    private const string Session = "01JD3S0A1B2C3D4E5F6G7H8J9K";

    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    private static readonly Frame OneFrame =
        new("chiller-1", "modbus-tcp", "fast", FrameKind.Key, Session, 18231, At, [Point.Bad("flow", StatusCode.BadTimeout, "timeout")]);

    [Fact]
    public void A_frame_has_the_properties_that_routes_look_at()
    {
        HubMessage message = TelemetryMessage.Of(OneFrame, "9f86d081884c7d65");

        Assert.Equal($"{Session}:chiller-1:fast:18231", message.MessageId);
        Assert.Equal(At, message.CreatedAt);
        Assert.Equal(
            ["cfg=9f86d081884c7d65", "group=fast", "msgType=telemetry", "protocol=modbus-tcp", "quality=Bad", "schema=sallyport.frame/1", "source=chiller-1"],
            Properties(message));
        Assert.Equal("telemetry", message.Properties["MSGTYPE"]);
    }

    [Fact]
    public void A_status_is_of_type_status_and_names_its_state_in_its_id()
    {
        HubMessage message = TelemetryMessage.Of(new DeviceStatus("chiller-1", "modbus-tcp", Session, DeviceState.Offline, At, "timeout", 3));

        Assert.Equal($"{Session}:chiller-1:offline:{At.Ticks}", message.MessageId);
        Assert.Equal(["msgType=status", "protocol=modbus-tcp", "schema=sallyport.status/1", "source=chiller-1"], Properties(message));
    }

    [Theory]
    [InlineData(EventKind.Security, "security")]
    [InlineData(EventKind.Posture, "posture")]
    [InlineData(EventKind.Audit, "audit")]
    public void An_event_is_of_the_type_of_its_kind(EventKind kind, string type)
    {
        HubMessage message = TelemetryMessage.Of(new SecurityEvent
        {
            EventId = Session,
            Kind = kind,
            TimeGenerated = At,
            ModuleId = "Watchdog",
            EventType = "PostureCheck",
            Severity = EventSeverity.High,
        });

        Assert.Equal($"Watchdog:{Session}", message.MessageId);
        Assert.Equal([$"msgType={type}", "schema=sallyport.event/1", "source=Watchdog"], Properties(message));
    }

    [Fact]
    public void Metadata_have_an_id_that_a_new_session_changes()
    {
        HubMessage message = TelemetryMessage.Of(new DeviceMetadata("chiller-1", "modbus-tcp", Session, "9f86d081884c7d65", []));

        Assert.Equal($"{Session}:chiller-1:metadata:9f86d081884c7d65", message.MessageId);
        Assert.Equal(
            ["cfg=9f86d081884c7d65", "msgType=metadata", "protocol=modbus-tcp", "schema=sallyport.metadata/1", "source=chiller-1"],
            Properties(message));
    }

    [Fact]
    public void Metadata_with_another_identity_are_another_message()
    {
        var plain = new DeviceMetadata("chiller-1", "modbus-tcp", Session, "9f86d081884c7d65", []);
        DeviceMetadata identified = plain with { Identity = new DeviceIdentity("ABC", "P1", "1.0") };
        DeviceMetadata updated = plain with { Identity = new DeviceIdentity("ABC", "P1", "1.1") };

        HubMessage[] messages = [.. new[] { plain, identified, updated }.Select(TelemetryMessage.Of)];

        Assert.Equal(3, messages.Select(message => message.MessageId).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("\"identity\":{\"vendor\":\"ABC\",\"productCode\":\"P1\",\"revision\":\"1.0\"}", Encoding.UTF8.GetString(messages[1].Body.Span), StringComparison.Ordinal);
        Assert.All(messages, MessageSchema.Validate);
    }

    [Fact]
    public void A_gap_of_a_reader_travels_as_telemetry()
    {
        HubMessage message = TelemetryMessage.Of(new GapRecord(GapReason.OutboxFull, 17, 19, 3, new GapOrigin(Session, "chiller-1", "fast")));

        Assert.Equal($"{Session}:chiller-1:fast:gap:17:19", message.MessageId);
        Assert.Equal(["group=fast", "msgType=telemetry", "schema=sallyport.gap/1", "source=chiller-1"], Properties(message));
        MessageSchema.Validate(message);
    }

    [Fact]
    public void A_gap_of_the_ring_is_no_message_of_its_own() =>
        Assert.Throws<ArgumentException>(() => TelemetryMessage.Of(new GapRecord(GapReason.Evicted, 17, 19, 3)));

    [Fact]
    public void The_same_frame_always_gives_the_same_message() => Any.Frame.Sample(frame =>
    {
        HubMessage message = TelemetryMessage.Of(frame, "cfg");
        HubMessage again = TelemetryMessage.Of(frame with { Points = [.. frame.Points] }, "cfg");

        Assert.Equal(message.MessageId, again.MessageId);
        Assert.True(message.Body.Span.SequenceEqual(again.Body.Span));
        Assert.InRange(message.MessageId.Length, 1, 128);
        Assert.All(message.MessageId, character => Assert.True(char.IsAsciiLetterOrDigit(character) || "-:._".Contains(character, StringComparison.Ordinal)));
    });

    [Theory]
    [InlineData("a:b", "c")]
    [InlineData("a", "b:c")]
    [InlineData("a b", "c")]
    [InlineData("a", "b c")]
    public void Names_that_would_read_alike_give_different_ids(string source, string group)
    {
        var id = TelemetryMessage.Of(OneFrame with { Source = source, Group = group }, "cfg").MessageId;

        Assert.Matches("^[0-9a-f]{64}$", id);
        Assert.DoesNotContain(
            id,
            new[] { ("a:b", "c"), ("a", "b:c"), ("a b", "c"), ("a", "b c") }
                .Where(names => names != (source, group))
                .Select(names => TelemetryMessage.Of(OneFrame with { Source = names.Item1, Group = names.Item2 }, "cfg").MessageId));
    }

    [Fact]
    public void A_name_too_long_for_an_id_is_hashed() =>
        Assert.Matches("^[0-9a-f]{64}$", TelemetryMessage.Of(OneFrame with { Source = new string('x', 120) }, "cfg").MessageId);

    private static IEnumerable<string> Properties(HubMessage message) =>
        message.Properties.Select(property => $"{property.Key}={property.Value}").Order(StringComparer.Ordinal);
}
