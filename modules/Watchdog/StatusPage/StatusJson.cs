using System.Buffers;
using System.Text;
using System.Text.Json;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>The picture for programs, <c>sallyport.gateway-status/1</c>.</summary>
internal static class StatusJson
{
    public const string Schema = "sallyport.gateway-status/1";

    public static string Of(GatewayStatus status, string gateway, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, status, gateway, now);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the members of the document's object.</summary>
    public static void Write(Utf8JsonWriter json, GatewayStatus status, string gateway, DateTimeOffset now)
    {
        json.WriteString("schema", Schema);
        json.WriteString("gateway", gateway);
        json.WriteString("verdict", Verdict.Of(status, now));
        json.WriteString("now", StatusWords.Of(now));
        WriteMoment(json, "at", status.At == DateTimeOffset.UnixEpoch ? null : status.At);
        WriteDelivery(json, status.Delivery);
        StatusJsonParts.WriteChain(json, status);
        WriteBuffer(json, status.Buffer);
        StatusJsonParts.WriteModules(json, status.Modules);
        StatusJsonParts.WriteDevices(json, status.Devices);
        StatusJsonParts.WriteCredentials(json, status.Credentials, now);
        StatusJsonParts.WriteAlarms(json, status.Alarms);
        StatusJsonParts.WriteEvents(json, status.Events);
        WritePosture(json, status.Posture);
    }

    /// <summary>Leaves out what has nothing to say.</summary>
    public static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length > 0)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Leaves out what has not happened.</summary>
    public static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } at)
        {
            json.WriteString(name, StatusWords.Of(at));
        }
    }

    private static void WriteDelivery(Utf8JsonWriter json, DeliveryStatus delivery)
    {
        json.WriteStartObject("delivery");
        json.WriteString("state", StatusWords.Of(delivery.State));
        WriteMoment(json, "since", delivery.Since);
        WriteText(json, "reason", delivery.Reason);
        WriteMoment(json, "lastDelivered", delivery.LastDelivered);
        json.WriteEndObject();
    }

    private static void WriteBuffer(Utf8JsonWriter json, BufferStatus buffer)
    {
        if (double.IsNaN(buffer.UsedShare))
        {
            return;
        }

        json.WriteStartObject("buffer");
        json.WriteNumber("usedShare", Math.Round(Math.Clamp(buffer.UsedShare, 0, 1), 4));
        json.WriteNumber("waitingRecords", buffer.WaitingRecords);
        if (buffer.TimeToFull is { } left)
        {
            json.WriteNumber("secondsToFull", (long)Math.Max(0, left.TotalSeconds));
        }

        json.WriteNumber("lostRecords", buffer.LostRecords);
        json.WriteEndObject();
    }

    private static void WritePosture(Utf8JsonWriter json, PostureSummary? posture)
    {
        if (posture is null)
        {
            return;
        }

        json.WriteStartObject("posture");
        WriteMoment(json, "at", posture.At);
        json.WriteNumber("score", posture.Score);
        json.WriteNumber("passed", posture.Passed);
        json.WriteNumber("failed", posture.Failed);
        json.WriteNumber("unknown", posture.Unknown);
        json.WriteNumber("notApplicable", posture.NotApplicable);
        json.WriteEndObject();
    }
}
