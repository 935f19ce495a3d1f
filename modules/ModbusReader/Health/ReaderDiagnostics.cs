using System.Text.Json;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Health;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusReader.Health;

/// <summary>Direct method <c>getDiagnostics</c>: what runs, how each unit is doing, what waits.</summary>
internal sealed class ReaderDiagnostics(
    CurrentPlan<DevicePlan> current, PollingSupervisor<DevicePlan, UnitPlan, PollPlan> supervisor, FrameAssembler assembler, ReaderOutboxes outboxes)
{
    public const string Method = "getDiagnostics";

    // A method answer has 128 KiB; a unit takes up to about 300 bytes and 100 for each of its groups.
    private const int MaxUnits = 100;

    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken) => Task.FromResult(MethodAnswer.Of(Ok, Write));

    private void Write(Utf8JsonWriter json)
    {
        PollingDiagnostics.WritePlan(json, current, assembler, outboxes);
        json.WriteNumber("unitCount", supervisor.Sources.Count);
        json.WriteStartArray("units");
        int room = PollingDiagnostics.MaxQuarantinedPoints;
        foreach (RunningSource<UnitPlan, PollPlan> unit in supervisor.Sources.Take(MaxUnits))
        {
            WriteUnit(json, unit, ref room);
        }

        json.WriteEndArray();
    }

    private static void WriteUnit(Utf8JsonWriter json, RunningSource<UnitPlan, PollPlan> unit, ref int room)
    {
        json.WriteStartObject();
        json.WriteString("unit", unit.Plan.Name);
        json.WriteString("endpoint", unit.Plan.Connection.Endpoint.ToString());
        json.WriteNumber("unitId", unit.Plan.UnitId);
        PollingDiagnostics.WriteStatus(json, unit.Status.Current);
        PollingDiagnostics.WriteGroups(json, unit, ref room);
        json.WriteEndObject();
    }
}
