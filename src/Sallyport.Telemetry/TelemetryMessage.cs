using System.Collections.Frozen;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>Makes the one message that carries a record. Everything in it comes from the record: the same record gives the same message.</summary>
public static class TelemetryMessage
{
    /// <summary>A frame.</summary>
    /// <param name="frame">At most <see cref="Frame.MaxEncodedBytes"/> when encoded.</param>
    /// <param name="configurationHash">The <c>cfg</c> property.</param>
    public static HubMessage Of(Frame frame, string configurationHash) => Of(
        new FrameHead(frame.Session, frame.Source, frame.Protocol, frame.Group, configurationHash),
        frame.Seq,
        frame.Timestamp,
        frame.WorstQuality,
        FrameJson.Encode(frame));

    /// <summary>A change of state.</summary>
    public static HubMessage Of(DeviceStatus status) => new()
    {
        MessageId = MessageId.Of(
            status.Session,
            status.Source,
            Words.DeviceStates.WordFor(status.State),
            MessageId.Part(status.Since.UtcTicks)),
        Body = DeviceStatusJson.Encode(status),
        CreatedAt = status.Since,
        Properties = Properties(
            (MessageProperties.Schema, DeviceStatus.Schema),
            (MessageProperties.MessageType, MessageType.Status.Name),
            (MessageProperties.Source, status.Source),
            (MessageProperties.Protocol, status.Protocol)),
    };

    /// <summary>A security event, a posture result or an audit entry.</summary>
    public static HubMessage Of(SecurityEvent raised) => new()
    {
        MessageId = MessageId.Of(raised.ModuleId, raised.EventId),
        Body = SecurityEventJson.Encode(raised),
        CreatedAt = raised.TimeGenerated,
        Properties = Properties(
            (MessageProperties.Schema, SecurityEvent.Schema),
            (MessageProperties.MessageType, TypeOf(raised.Kind).Name),
            (MessageProperties.Source, raised.ModuleId)),
    };

    /// <summary>What does not change from frame to frame.</summary>
    public static HubMessage Of(DeviceMetadata metadata) => new()
    {
        MessageId = metadata.Identity is { IsEmpty: false } identity
            ? MessageId.Of([metadata.Session, metadata.Source, "metadata", metadata.ConfigurationHash, .. identity.Parts])
            : MessageId.Of(metadata.Session, metadata.Source, "metadata", metadata.ConfigurationHash),
        Body = DeviceMetadataJson.Encode(metadata),
        Properties = Properties(
            (MessageProperties.Schema, DeviceMetadata.Schema),
            (MessageProperties.MessageType, MessageType.Metadata.Name),
            (MessageProperties.Source, metadata.Source),
            (MessageProperties.Protocol, metadata.Protocol),
            (MessageProperties.ConfigurationHash, metadata.ConfigurationHash)),
    };

    /// <summary>Frames that a reader had to drop. They travel where the frames would have.</summary>
    /// <exception cref="ArgumentException">The gap is one of the ring, which has its place in a batch instead.</exception>
    public static HubMessage Of(GapRecord gap)
    {
        GapOrigin origin = gap.Origin ?? throw new ArgumentException("A gap of the ring is not a message of its own.", nameof(gap));
        return new HubMessage
        {
            MessageId = MessageId.Of(
                origin.Session,
                origin.Source,
                origin.Group,
                "gap",
                MessageId.Part(gap.FirstSeq),
                MessageId.Part(gap.LastSeq)),
            Body = GapRecordJson.Encode(gap),
            Properties = Properties(
                (MessageProperties.Schema, GapRecord.Schema),
                (MessageProperties.MessageType, MessageType.Telemetry.Name),
                (MessageProperties.Source, origin.Source),
                (MessageProperties.Group, origin.Group)),
        };
    }

    internal static HubMessage Of(FrameHead head, long seq, DateTimeOffset timestamp, Quality worst, byte[] body) => new()
    {
        MessageId = MessageId.Of(head.Session, head.Source, head.Group, MessageId.Part(seq)),
        Body = body,
        CreatedAt = timestamp,
        Properties = head.PropertiesFor(worst),
    };

    internal static FrozenDictionary<string, string> Properties(params ReadOnlySpan<(string Name, string Value)> properties)
    {
        var all = new Dictionary<string, string>(properties.Length, StringComparer.OrdinalIgnoreCase);
        foreach ((var name, var value) in properties)
        {
            all.Add(name, value);
        }

        return all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static MessageType TypeOf(EventKind kind) => kind switch
    {
        EventKind.Posture => MessageType.Posture,
        EventKind.Audit => MessageType.Audit,
        _ => MessageType.Security,
    };
}
