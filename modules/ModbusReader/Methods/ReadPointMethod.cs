using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Methods;

/// <summary>Direct method <c>readPoint</c>: reads one configured point now, for the caller alone.</summary>
/// <remarks>Only what the plan names can be read, so that the method cannot be used to explore a device.</remarks>
internal sealed class ReadPointMethod(CurrentPlan<DevicePlan> current, ModbusMasters masters, TimeProvider time)
{
    public const string Method = "readPoint";

    private const int Ok = 200;
    private const int BadRequest = 400;
    private const int NotFound = 404;
    private const int NotReady = 503;
    private const int MaxNameLength = 64;

    /// <summary>Answers <c>{"unit":"chiller-1","point":"flow"}</c>: 200 with a value or with the reason why there is none, 400, 404, or 503 before the first plan.</summary>
    public async Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        if (!TryParse(request.Payload, out string? unitName, out string? pointName))
        {
            return MethodAnswer.Error(BadRequest, """The payload is {"unit":"name","point":"name"}.""");
        }

        UnitPlan? unit = current.Value?.Plan.Units.FirstOrDefault(unit => string.Equals(unit.Name, unitName, StringComparison.Ordinal));
        PointPlan? point = unit?.Polls.SelectMany(poll => poll.Points)
            .FirstOrDefault(point => string.Equals(point.Name, pointName, StringComparison.Ordinal));
        if (unit is null || point is null)
        {
            return MethodAnswer.Error(NotFound, "The plan in force has no such unit or point.");
        }

        return masters.TryFind(unit.Connection, out IModbusMaster? master)
            ? await ReadAsync(unit, point, master, cancellationToken)
            : MethodAnswer.Error(NotReady, "The plan is being put in force; try again.");
    }

    private static bool TryParse(ReadOnlyMemory<byte> payload, out string? unit, out string? point)
    {
        (unit, point) = (null, null);
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            var faults = new DesiredFaults();
            DesiredReader root = DesiredReader.Root(document.RootElement, faults);
            return root.IsObjectOf("unit", "point")
                && root["unit"].TryText(MaxNameLength, out unit)
                && root["point"].TryText(MaxNameLength, out point)
                && faults.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<MethodResponse> ReadAsync(UnitPlan unit, PointPlan point, IModbusMaster master, CancellationToken cancellationToken)
    {
        Point read = await PointReading.ReadAsync(unit, point, master, cancellationToken);
        return MethodAnswer.Of(Ok, json => Write(json, unit.Name, read));
    }

    private void Write(Utf8JsonWriter json, string unit, Point point)
    {
        json.WriteString("unit", unit);
        json.WriteString("point", point.Name);
        if (point.Value is { } value)
        {
            json.WritePointValue("value", value);
        }

        json.WriteString("quality", point.Status.Severity.ToString());
        json.WriteString("status", point.Status.Symbol);
        if (point.Reason is not null)
        {
            json.WriteString("reason", point.Reason);
        }

        json.WriteString("time", time.GetUtcNow().UtcDateTime);
    }
}
