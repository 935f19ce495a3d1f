using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.StatusPage;

/// <summary>The lists of <see cref="StatusJson"/>.</summary>
internal static class StatusJsonParts
{
    public static void WriteChain(Utf8JsonWriter json, GatewayStatus status)
    {
        json.WriteStartArray("chain");
        foreach (ChainStage stage in Chain.Of(status))
        {
            json.WriteStartObject();
            json.WriteString("stage", stage.Name);
            json.WriteString("state", PartStates.WordOf(stage.State));
            json.WriteString("words", stage.Words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteModules(Utf8JsonWriter json, ImmutableArray<ModuleStatus> modules)
    {
        json.WriteStartArray("modules");
        foreach (ModuleStatus module in modules)
        {
            json.WriteStartObject();
            json.WriteString("name", module.Name);
            json.WriteString("condition", StatusWords.Of(module.Condition));
            StatusJson.WriteMoment(json, "since", module.Since);
            StatusJson.WriteText(json, "reason", module.Reason);
            json.WriteNumber("starts", module.Starts);
            if (module.MemoryBytes is { } bytes)
            {
                json.WriteNumber("memoryBytes", bytes);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteDevices(Utf8JsonWriter json, ImmutableArray<FieldDeviceStatus> devices)
    {
        json.WriteStartArray("devices");
        foreach (FieldDeviceStatus device in devices)
        {
            json.WriteStartObject();
            json.WriteString("source", device.Source);
            json.WriteString("reader", device.Reader);
            json.WriteString("state", StatusWords.Of(device.State));
            StatusJson.WriteMoment(json, "since", device.Since);
            StatusJson.WriteText(json, "reason", device.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteCredentials(Utf8JsonWriter json, ImmutableArray<CredentialStatus> credentials, DateTimeOffset now)
    {
        json.WriteStartArray("credentials");
        foreach (CredentialStatus credential in credentials)
        {
            json.WriteStartObject();
            json.WriteString("kind", credential.Kind);
            json.WriteString("name", credential.Name);
            StatusJson.WriteMoment(json, "ends", credential.Ends);
            json.WriteNumber("daysLeft", Math.Round((credential.Ends - now).TotalDays, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteAlarms(Utf8JsonWriter json, ImmutableArray<Alarm> alarms)
    {
        json.WriteStartArray("alarms");
        foreach (Alarm alarm in alarms)
        {
            json.WriteStartObject();
            json.WriteString("id", alarm.Id);
            json.WriteString("severity", StatusWords.Of(alarm.Severity));
            json.WriteString("title", alarm.Title);
            json.WriteString("remedy", alarm.Remedy);
            StatusJson.WriteMoment(json, "since", alarm.Since);
            StatusJson.WriteMoment(json, "acknowledgedAt", alarm.AcknowledgedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteEvents(Utf8JsonWriter json, ImmutableArray<RecentEvent> events)
    {
        json.WriteStartArray("events");
        foreach (RecentEvent one in events)
        {
            json.WriteStartObject();
            StatusJson.WriteMoment(json, "at", one.At);
            json.WriteString("module", one.Module);
            json.WriteString("severity", StatusWords.Of(one.Severity));
            json.WriteString("title", one.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
