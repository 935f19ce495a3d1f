using System.Text.Json;
using Sallyport.IotHub;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Methods;

/// <summary>Direct method <c>getHealth</c>: the last look at the gateway.</summary>
internal sealed class GetHealthMethod(StatusBoard board)
{
    public const string Method = "getHealth";

    // A method answer has 128 KiB.
    private const int MostDevices = 100;
    private const int MostCredentials = 50;
    private const int MostAlarms = 100;
    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        GatewayStatus status = board.Current;
        return Task.FromResult(MethodAnswer.Of(Ok, json => Write(json, status)));
    }

    private static void Write(Utf8JsonWriter json, GatewayStatus status)
    {
        json.WriteString("at", status.At);
        json.WriteStartObject("delivery");
        json.WriteString("state", Word(status.Delivery.State));
        json.WriteString("since", status.Delivery.Since);
        json.WriteString("reason", status.Delivery.Reason);
        WriteOptional(json, "lastDelivered", status.Delivery.LastDelivered);
        json.WriteEndObject();
        WriteBuffer(json, status.Buffer);
        WriteList(json, "modules", status.Modules, module => WriteModule(json, module));
        json.WriteNumber("deviceCount", status.Devices.Length);
        WriteList(json, "devices", status.Devices.OrderByDescending(device => device.State).Take(MostDevices), device =>
        {
            json.WriteString("source", device.Source);
            json.WriteString("reader", device.Reader);
            json.WriteString("state", Word(device.State));
            json.WriteString("since", device.Since);
            json.WriteString("reason", device.Reason);
        });
        WriteList(json, "credentials", status.Credentials.Take(MostCredentials), one =>
        {
            json.WriteString("kind", one.Kind);
            json.WriteString("name", one.Name);
            json.WriteString("ends", one.Ends);
        });
        WriteList(json, "alarms", status.Alarms.Take(MostAlarms), alarm =>
        {
            json.WriteString("id", alarm.Id);
            json.WriteString("severity", Word(alarm.Severity));
            json.WriteString("title", alarm.Title);
            json.WriteString("remedy", alarm.Remedy);
            json.WriteString("since", alarm.Since);
            WriteOptional(json, "acknowledgedAt", alarm.AcknowledgedAt);
        });
        WriteList(json, "events", status.Events, one =>
        {
            json.WriteString("at", one.At);
            json.WriteString("module", one.Module);
            json.WriteString("severity", Word(one.Severity));
            json.WriteString("title", one.Title);
        });
    }

    private static void WriteBuffer(Utf8JsonWriter json, BufferStatus buffer)
    {
        json.WriteStartObject("buffer");
        if (double.IsFinite(buffer.UsedShare))
        {
            json.WriteNumber("usedPercent", Math.Round(buffer.UsedShare * 100, 1));
        }

        json.WriteNumber("waitingRecords", buffer.WaitingRecords);
        json.WriteNumber("lostRecords", buffer.LostRecords);
        if (buffer.TimeToFull is { } timeToFull)
        {
            json.WriteNumber("secondsToFull", Math.Round(timeToFull.TotalSeconds));
        }

        json.WriteEndObject();
    }

    private static void WriteModule(Utf8JsonWriter json, ModuleStatus module)
    {
        json.WriteString("name", module.Name);
        json.WriteString("condition", Word(module.Condition));
        json.WriteString("since", module.Since);
        json.WriteString("reason", module.Reason);
        json.WriteNumber("starts", module.Starts);
        if (module.MemoryBytes is { } memory)
        {
            json.WriteNumber("memoryBytes", memory);
        }
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } known)
        {
            json.WriteString(name, known);
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
