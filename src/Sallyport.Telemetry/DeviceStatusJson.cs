using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sallyport.Telemetry.Json;

namespace Sallyport.Telemetry;

/// <summary>A status as JSON; docs/formats/status-1.schema.json.</summary>
public static class DeviceStatusJson
{
    private const int ExpectedSize = 320;

    /// <summary>Encodes a status.</summary>
    public static byte[] Encode(DeviceStatus status) => JsonOutput.Encode(status, WriteMembers, ExpectedSize);

    /// <summary>Reads one status. False for anything but exactly one; never throws on hostile bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out DeviceStatus? status)
    {
        status = StrictJson.Read(json, Read);
        return status is not null;
    }

    private static void WriteMembers(Utf8JsonWriter writer, DeviceStatus status)
    {
        writer.WriteString("schema", DeviceStatus.Schema);
        writer.WriteString("source", status.Source);
        writer.WriteString("protocol", status.Protocol);
        writer.WriteString("session", status.Session);
        writer.WriteString("state", Words.DeviceStates.WordFor(status.State));
        writer.WriteInstant("since", status.Since);
        writer.WriteOptional("reason", status.Reason);
        writer.WriteNumber("consecutiveFailures", status.ConsecutiveFailures);
        if (status.NextRetry is { } nextRetry)
        {
            writer.WriteInstant("nextRetry", nextRetry);
        }
    }

    private static DeviceStatus? Read(JsonElement element)
    {
        var members = new StrictObject(element);
        members.Schema(DeviceStatus.Schema);
        var failures = members.OptionalCount("consecutiveFailures", int.MaxValue);
        members.Require(failures.HasValue);
        var status = new DeviceStatus(
            members.Text("source"),
            members.Text("protocol"),
            members.Text("session"),
            members.Word("state", Words.DeviceStates),
            members.Instant("since"),
            members.OptionalText("reason"),
            (int)(failures ?? 0),
            members.OptionalInstant("nextRetry"));
        return members.IsSound ? status : null;
    }
}
