using System.Globalization;
using System.Text.Json;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Health;
using Sallyport.Acquisition.Polling;
using Sallyport.Acquisition.Publishing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Polling;
using Sallyport.Hosting;
using Sallyport.IotHub;

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

    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken) => Task.FromResult(MethodAnswer.Of(Ok, Write));

    private void Write(Utf8JsonWriter json)
    {
        PollingDiagnostics.WritePlan(json, current, assembler, outboxes);
        json.WriteNumber("controllerCount", supervisor.Sources.Count);
        json.WriteStartArray("controllers");
        int room = PollingDiagnostics.MaxQuarantinedPoints;
        foreach (RunningSource<SourcePlan, PollPlan> source in supervisor.Sources.Take(MaxControllers))
        {
            WriteController(json, source, ref room);
        }

        json.WriteEndArray();
    }

    private void WriteController(Utf8JsonWriter json, RunningSource<SourcePlan, PollPlan> source, ref int room)
    {
        ControllerPlan plan = source.Plan.Controller;
        json.WriteStartObject();
        json.WriteString("controller", plan.Name);
        json.WriteString("host", plan.Host);
        json.WriteNumber("port", plan.Port);
        json.WriteString("path", plan.Route.Text);
        PollingDiagnostics.WriteStatus(json, source.Status.Current);
        WriteIdentity(json, controllers.IdentityOf(plan));
        PollingDiagnostics.WriteGroups(json, source, ref room);
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
}
