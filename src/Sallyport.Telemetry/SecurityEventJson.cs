using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>An event as JSON; docs/formats/event-1.schema.json.</summary>
public static class SecurityEventJson
{
    private const int ExpectedSize = 512;

    /// <summary>Encodes an event.</summary>
    public static byte[] Encode(SecurityEvent raised) => JsonOutput.Encode(raised, WriteMembers, ExpectedSize);

    /// <summary>Reads one event. False for anything but exactly one; never throws on hostile bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out SecurityEvent? read)
    {
        read = StrictJson.Read(json, Read);
        return read is not null;
    }

    private static void WriteMembers(Utf8JsonWriter writer, SecurityEvent raised)
    {
        writer.WriteString("schema", SecurityEvent.Schema);
        writer.WriteString("eventId", raised.EventId);
        writer.WriteString("kind", Words.EventKinds.WordFor(raised.Kind));
        writer.WriteInstant("timeGenerated", raised.TimeGenerated);
        writer.WriteString("moduleId", raised.ModuleId);
        writer.WriteString("eventType", raised.EventType);
        writer.WriteString("severity", Words.Severities.WordFor(raised.Severity));
        writer.WriteOptional("title", raised.Title);
        writer.WriteOptional("sourceIp", raised.SourceIp);
        writer.WriteOptional("destinationIp", raised.DestinationIp);
        writer.WriteOptional("destinationPort", raised.DestinationPort);
        writer.WriteOptional("protocol", raised.Protocol);
        writer.WriteOptional("functionCode", raised.FunctionCode);
        writer.WriteOptional("checkId", raised.CheckId);
        writer.WriteOptional("result", raised.Result is { } result ? Words.PostureResults.WordFor(result) : null);
        WriteAttack(writer, raised);
        WriteDetails(writer, raised);
    }

    private static void WriteAttack(Utf8JsonWriter writer, SecurityEvent raised)
    {
        if (raised.Attack.IsDefaultOrEmpty)
        {
            return;
        }

        writer.WriteStartArray("attack");
        foreach (var technique in raised.Attack)
        {
            writer.WriteStringValue(technique);
        }

        writer.WriteEndArray();
    }

    private static void WriteDetails(Utf8JsonWriter writer, SecurityEvent raised)
    {
        if (raised.Details.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject(DetailsName(raised.Kind));
        foreach ((var name, PointValue value) in raised.Details)
        {
            writer.WritePointValue(name, value.IsFinite ? value : PointValue.FromText(value.ToString()));
        }

        writer.WriteEndObject();
    }

    private static SecurityEvent? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        members.Schema(SecurityEvent.Schema);
        EventKind kind = members.Word("kind", Words.EventKinds);
        var read = new SecurityEvent
        {
            EventId = members.Text("eventId"),
            Kind = kind,
            TimeGenerated = members.Instant("timeGenerated"),
            ModuleId = members.Text("moduleId"),
            EventType = members.Text("eventType"),
            Severity = members.Word("severity", Words.Severities),
            Title = members.OptionalText("title"),
            SourceIp = members.OptionalText("sourceIp"),
            DestinationIp = members.OptionalText("destinationIp"),
            DestinationPort = (int?)members.OptionalCount("destinationPort", ushort.MaxValue),
            Protocol = members.OptionalText("protocol"),
            FunctionCode = (int?)members.OptionalCount("functionCode", ushort.MaxValue),
            CheckId = members.OptionalText("checkId"),
            Result = members.OptionalWord("result", Words.PostureResults),
            Attack = members.Texts("attack"),
            Details = members.Values(DetailsName(kind)),
        };
        members.Require((kind == EventKind.Posture) == read.Result.HasValue);
        members.Require(read.CheckId is not null == read.Result.HasValue);
        return members.IsSound ? read : null;
    }

    private static string DetailsName(EventKind kind) => kind == EventKind.Posture ? "evidence" : "details";
}
