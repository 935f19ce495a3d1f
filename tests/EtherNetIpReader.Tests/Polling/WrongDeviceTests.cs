using System.Text.Json;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Tests.Polling;

/// <summary>Another device answers where the controller should be.</summary>
public sealed class WrongDeviceTests
{
    private const int TestLimit = 30_000;
    private const string Keyed = """{"host":"10.0.0.5","port":44819,"path":"1,0","keying":"exact","vendor":1,"deviceType":14,"productCode":94,"revision":"33.11"}""";
    private const string OneTag = """ "a":{"group":"fast","tag":"A","type":"DINT"} """;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Fact(Timeout = TestLimit)]
    public async Task Nothing_is_read_the_status_says_why_and_one_event_says_each_field()
    {
        await using ReaderBench bench = PollingTests.Running(OneTag, controller => Be(controller, "33.12", "90"), Keyed);
        JsonElement point = (await bench.NextFrameBodyAsync()).GetProperty("points")[0];
        const string Why = "wrong device: ProductCode is 90, not 94; Revision is 33.12, not 33.11";
        Assert.Equal(("BadConfigurationError", Why), (point.GetProperty("qs").GetString(), point.GetProperty("x").GetString()));
        Assert.Equal("starting", await bench.NextStatusAsync());
        Assert.Equal($"offline {Why}", await bench.NextStatusAsync());

        SecurityEvent raised = Assert.Single(bench.Events.Raised);
        Assert.Equal(
            (EventKind.Security, "ControllerIdentityMismatch", EventSeverity.High, "10.0.0.5", 44819, "ethernet-ip", "EtherNetIpReader"),
            (raised.Kind, raised.EventType, raised.Severity, raised.DestinationIp, raised.DestinationPort, raised.Protocol, raised.ModuleId));
        Assert.Equal(
            """
            configuredProductCode=94 configuredRevision=33.11 controller=line-1 foundProductCode=90 foundRevision=33.12 host=10.0.0.5 path=1,0
            """,
            string.Join(' ', raised.Details.Select(detail => $"{detail.Key}={detail.Value}")));
        Assert.True(SecurityEventJson.TryRead(SecurityEventJson.Encode(raised), out _));
    }

    [Fact(Timeout = TestLimit)]
    public async Task It_is_told_once_and_again_only_when_it_is_another_mismatch_or_comes_back()
    {
        await using ReaderBench bench = PollingTests.Running(OneTag, controller => Be(controller, "33.12", "90"), Keyed);
        using MetricCollector<long> mismatches = bench.Collect("sallyport.ethernet_ip.identity_mismatches");
        ScriptedController controller = await ControllerAsync(bench);
        await bench.UntilAsync(() => controller.Rounds.Count >= 3, Interval);
        Assert.Single(bench.Events.Raised);

        Be(controller, "20.1", "90");
        await bench.UntilAsync(() => bench.Events.Raised.Count == 2, Interval);

        controller.Set("A", CipDataType.Dint, PointValue.FromInt64(1));
        controller.Recover();
        await bench.UntilAsync(() => bench.Supervisor.Sources[0].Status.Current.State is DeviceState.Online, Interval);
        Assert.Equal(2, bench.Events.Raised.Count);

        Be(controller, "20.1", "90");
        await bench.UntilAsync(() => bench.Events.Raised.Count == 3, Interval);
    }

    private static async Task<ScriptedController> ControllerAsync(ReaderBench bench)
    {
        await bench.NextFrameAsync();
        return bench.Controller("10.0.0.5");
    }

    private static void Be(ScriptedController controller, string revision, string productCode) =>
        controller.Always(new RoundOutcome.WrongDevice(Differences(revision, productCode)));

    private static KeyingOutcome.Differs Differences(string revision, string productCode) => new(
        [new KeyDifference(KeyField.ProductCode, "94", productCode), new KeyDifference(KeyField.Revision, "33.11", revision)]);
}
