using System.Text.Json;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Health;

/// <summary>Direct method <c>getDiagnostics</c>: what runs, how each unit is doing, what waits.</summary>
internal sealed class ReaderDiagnostics(
    CurrentPlan<DevicePlan> current, PollingSupervisor<DevicePlan, UnitPlan, PollPlan> supervisor, FrameAssembler assembler, ReaderOutboxes outboxes)
{
    public const string Method = "getDiagnostics";

    // A method answer has 128 KiB; a unit takes up to about 300 bytes and 100 for each of its groups.
    private const int MaxUnits = 100;

    // A quarantined point takes up to 160 bytes.
    private const int MaxQuarantinedPoints = 200;
    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken) => Task.FromResult(MethodAnswer.Of(Ok, Write));

    private void Write(Utf8JsonWriter json)
    {
        CurrentPlan<DevicePlan>.Edition? edition = current.Value;
        json.WriteString("session", assembler.Session);
        json.WriteString("cfg", edition?.ConfigurationHash);
        json.WriteNumber("version", edition?.Version ?? 0);
        json.WriteStartObject("waiting");
        json.WriteNumber(outboxes.Telemetry.Output, outboxes.Telemetry.Count);
        json.WriteNumber(outboxes.Status.Output, outboxes.Status.Count);
        json.WriteEndObject();
        json.WriteNumber("unitCount", supervisor.Sources.Count);
        json.WriteStartArray("units");
        int room = MaxQuarantinedPoints;
        foreach (RunningSource<UnitPlan, PollPlan> unit in supervisor.Sources.Take(MaxUnits))
        {
            WriteUnit(json, unit, ref room);
        }

        json.WriteEndArray();
    }

    private static void WriteUnit(Utf8JsonWriter json, RunningSource<UnitPlan, PollPlan> unit, ref int room)
    {
        DeviceStatus status = unit.Status.Current;
        json.WriteStartObject();
        json.WriteString("unit", unit.Plan.Name);
        json.WriteString("endpoint", unit.Plan.Connection.Endpoint.ToString());
        json.WriteNumber("unitId", unit.Plan.UnitId);
        json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(status.State.ToString()));
        json.WriteString("since", status.Since.UtcDateTime);
        json.WriteString("reason", status.Reason);
        json.WriteNumber("consecutiveFailures", status.ConsecutiveFailures);
        if (status.NextRetry is { } nextRetry)
        {
            json.WriteString("nextRetry", nextRetry.UtcDateTime);
        }

        json.WriteStartArray("groups");
        foreach (RunningPoll<PollPlan> poll in unit.Polls.Values)
        {
            json.WriteStartObject();
            json.WriteString("group", poll.Plan.Group);
            json.WriteNumber("intervalMs", (long)poll.Plan.Interval.TotalMilliseconds);
            json.WriteNumber("points", poll.Plan.Points.Length);
            json.WriteNumber("requests", poll.Loop.RequestCount);
            json.WriteNumber("polls", poll.Loop.Polls);
            WriteLearned(json, poll.Loop.Learned, ref room);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLearned(Utf8JsonWriter json, LearnedState learned, ref int room)
    {
        json.WriteNumber("learnedHoles", learned.Holes);
        json.WriteNumber("quarantinedCount", learned.QuarantinedCount);
        json.WriteStartArray("quarantined");
        foreach (QuarantinedPoint point in learned.Quarantined.Take(room))
        {
            json.WriteStartObject();
            json.WriteString("point", point.Name);
            json.WriteString("reason", point.Reason);
            json.WriteEndObject();
            room--;
        }

        json.WriteEndArray();
    }
}
