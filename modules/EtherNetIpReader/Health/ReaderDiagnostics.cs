using System.Globalization;
using System.Text.Json;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Health;

/// <summary>Direct method <c>getDiagnostics</c>: what runs, how each controller is doing, what waits.</summary>
internal sealed class ReaderDiagnostics(
    CurrentPlan<EtherNetIpPlan> current,
    PollingSupervisor<EtherNetIpPlan, SourcePlan, PollPlan> supervisor,
    OpenControllers controllers,
    FrameAssembler assembler,
    ReaderOutboxes outboxes)
{
    public const string Method = "getDiagnostics";

    // A method answer has 128 KiB; a controller takes up to about 500 bytes and 100 for each of its groups.
    private const int MaxControllers = 100;

    // A refused tag takes up to 200 bytes.
    private const int MaxRefusedTags = 200;
    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken) => Task.FromResult(MethodAnswer.Of(Ok, Write));

    private void Write(Utf8JsonWriter json)
    {
        CurrentPlan<EtherNetIpPlan>.Edition? edition = current.Value;
        json.WriteString("session", assembler.Session);
        json.WriteString("cfg", edition?.ConfigurationHash);
        json.WriteNumber("version", edition?.Version ?? 0);
        json.WriteStartObject("waiting");
        json.WriteNumber(outboxes.Telemetry.Output, outboxes.Telemetry.Count);
        json.WriteNumber(outboxes.Status.Output, outboxes.Status.Count);
        json.WriteEndObject();
        json.WriteNumber("controllerCount", supervisor.Sources.Count);
        json.WriteStartArray("controllers");
        int room = MaxRefusedTags;
        foreach (RunningSource<SourcePlan, PollPlan> source in supervisor.Sources.Take(MaxControllers))
        {
            WriteController(json, source, ref room);
        }

        json.WriteEndArray();
    }

    private void WriteController(Utf8JsonWriter json, RunningSource<SourcePlan, PollPlan> source, ref int room)
    {
        DeviceStatus status = source.Status.Current;
        ControllerPlan plan = source.Plan.Controller;
        json.WriteStartObject();
        json.WriteString("controller", plan.Name);
        json.WriteString("host", plan.Host);
        json.WriteNumber("port", plan.Port);
        json.WriteString("path", plan.Route.Text);
        json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(status.State.ToString()));
        json.WriteString("since", status.Since.UtcDateTime);
        json.WriteString("reason", status.Reason);
        json.WriteNumber("consecutiveFailures", status.ConsecutiveFailures);
        if (status.NextRetry is { } nextRetry)
        {
            json.WriteString("nextRetry", nextRetry.UtcDateTime);
        }

        WriteIdentity(json, controllers.IdentityOf(plan));
        json.WriteStartArray("groups");
        foreach (RunningPoll<PollPlan> poll in source.Polls.Values)
        {
            json.WriteStartObject();
            json.WriteString("group", poll.Plan.Group);
            json.WriteNumber("intervalMs", (long)poll.Plan.Interval.TotalMilliseconds);
            json.WriteNumber("tags", poll.Plan.Tags.Length);
            json.WriteNumber("requests", poll.Loop.RequestCount);
            json.WriteNumber("polls", poll.Loop.Polls);
            WriteRefused(json, poll.Loop.Learned, ref room);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, IdentityObject? identity)
    {
        if (identity is null)
        {
            return;
        }

        json.WriteStartObject("identity");
        json.WriteString("productName", identity.ProductName);
        json.WriteNumber("vendor", identity.Vendor);
        json.WriteNumber("deviceType", identity.DeviceType);
        json.WriteNumber("productCode", identity.ProductCode);
        json.WriteString("revision", identity.Revision.ToString());
        json.WriteString("serial", identity.SerialNumber.ToString("X8", CultureInfo.InvariantCulture));
        json.WriteString("mode", JsonNamingPolicy.CamelCase.ConvertName(identity.Status.Mode.ToString()));
        json.WriteString("keySwitch", JsonNamingPolicy.CamelCase.ConvertName(identity.Status.KeySwitch.ToString()));
        json.WriteBoolean("majorFault", identity.Status.HasMajorRecoverableFault || identity.Status.HasMajorUnrecoverableFault);
        json.WriteEndObject();
    }

    private static void WriteRefused(Utf8JsonWriter json, LearnedState learned, ref int room)
    {
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
