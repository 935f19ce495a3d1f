using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Controllers;

/// <summary>What tshark finds on the wire while the originator does all that it can do, with each kind of controller and connection.</summary>
public sealed class ReaderWireTests
{
    private const int Warning = 0x0060_0000;

    // The groups before this one are about checksums, the order of segments, and what a device refuses, which is its right.
    private const int Undecoded = 0x0500_0000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(31);

    private static readonly ElectronicKey Logix = new()
    {
        Vendor = 1,
        DeviceType = 14,
        ProductCode = 0x010B,
        Major = 33,
        Minor = 11,
        RevisionMatch = RevisionMatch.Exact,
        SerialNumber = 0x00C0_FFEE,
    };

    [Fact(Timeout = 180_000)]
    public async Task Nothing_is_malformed_each_request_has_its_reply_and_only_services_that_read_are_on_the_wire()
    {
        Peer.Require("tshark");
        Peer.RequireRoot("capturing packets");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(Path.GetTempPath(), $"sallyport-eip-reader-{Guid.NewGuid():N}.pcapng");
        try
        {
            await using (Tshark capture = await Tshark.StartCaptureAsync(file, EtherNetIpPlantServer.Port, cancellation))
            {
                DeviceTraits traits = DeviceTraits.CompactLogix;
                await RunAsync("127.0.9.35", CompactLogix.Create("line", traits, new PlantLedger(), TimeProvider.System), isLogix: true, plan => plan);
                await RunAsync("127.0.9.32", CompactLogix.Create("line", traits with { KnowsLargeForwardOpen = false }, new PlantLedger(), TimeProvider.System), isLogix: true,
                    plan => plan with { Connections = 2 });
                await RunAsync("127.0.9.33", CompactLogix.Create("line", traits, new PlantLedger(), TimeProvider.System), isLogix: true, plan => plan with { Unconnected = true });
                await RunAsync("127.0.9.34", Micro850.Create("press", new PlantLedger(), TimeProvider.System), isLogix: false, plan => plan with { Route = RoutePath.None, Key = new() });
                await capture.CatchUpAsync(cancellation);
            }

            await JudgeAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Opens, compares, identifies, lists, reads packets, structures and parts, stays alive while nothing is read, and leaves.</summary>
    private static async Task RunAsync(string address, EtherNetIpDevice device, bool isLogix, Func<ControllerPlan, ControllerPlan> treat)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider();
        using var meters = new TestMeters();
        await using var plant = new EtherNetIpPlantServer(
            device, new PlantLedger(), new(IPAddress.Parse(address), EtherNetIpPlantServer.Port), TimeProvider.System, NullLogger<EtherNetIpPlantServer>.Instance);
        plant.Start();
        ControllerPlan plan = treat(new ControllerPlan("line", address, EtherNetIpPlantServer.Port, Route("1,0")) { Key = Logix, UsesInstanceNumbers = true });
        await using (IController controller = new ControllerFactory(new EtherNetIpMetrics(meters), time, NullLoggerFactory.Instance).Create(plan, static _ => { }))
        {
            Assert.IsType<IdentifyOutcome.Identified>(await controller.IdentifyAsync(cancellation));
            BrowseOutcome.Browsed browsed = Assert.IsType<BrowseOutcome.Browsed>(await controller.BrowseAsync(progress: null, cancellation));
            ITagGroup group = controller.Prepare([.. isLogix ? LogixTags() : MicroTags(browsed)]);
            for (int round = 0; round < 3; round++)
            {
                var values = new ValueOutcome[group.Types.Length];
                Assert.IsType<RoundOutcome.Read>(await group.ReadAsync(values, cancellation));
                Assert.All(values, value => Assert.True(value.Value is not null, value.Reason));
            }

            // Nothing is read until each way has been kept alive. One step, so that the time limit of no request passes.
            long answered = plant.Answers;
            time.Advance(Quiet);
            await plant.Answered.WaitUntilAsync(() => plant.Answers >= answered + plan.Connections, cancellation);
        }

        Assert.Equal(0, device.Connections.Count);
        Assert.Empty(device.Writes);
    }

    private static async Task JudgeAsync(string file)
    {
        Task<string[]> JudgedAsync(string filter, string field) => Tshark.FieldAsync(file, $"ip.addr == 127.0.9.32/30 && ({filter})", field);

        Assert.Empty(await JudgedAsync($"_ws.malformed || (_ws.expert.severity >= {Text(Warning)} && _ws.expert.group >= {Text(Undecoded)})", "frame.number"));
        string[] requests = await JudgedAsync("(enip.command == 0x6f || enip.command == 0x70) && tcp.dstport == 44818", "frame.number");
        Assert.InRange(requests.Length, 500, int.MaxValue);
        Assert.Equal(requests, await JudgedAsync("(enip.command == 0x6f || enip.command == 0x70) && tcp.srcport == 44818", "enip.response_to"), StringComparer.Ordinal);

        // The dissector pairs no other commands: each is sent once in a session, and the last one has no reply.
        Assert.Equal(
            ["0x0063", "0x0065", "0x0066"],
            (await JudgedAsync("enip.command != 0x6f && enip.command != 0x70 && tcp.dstport == 44818", "enip.command")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(8, (await JudgedAsync("(enip.command == 0x63 || enip.command == 0x65) && tcp.srcport == 44818", "frame.number")).Length);
        Assert.Empty(await JudgedAsync("enip.command == 0x70 && !enip.fwd_open_in", "frame.number"));
        Assert.Empty(await JudgedAsync("enip.status != 0", "frame.number"));

        string[] services = [.. (await JudgedAsync("cip && tcp.dstport == 44818", "cip.sc")).Select(service => service.ToLowerInvariant()).Distinct(StringComparer.Ordinal)];
        Assert.Equal(["0x01", "0x03", "0x0a", "0x4c", "0x4e", "0x52", "0x54", "0x55", "0x5b"], services.Order(StringComparer.Ordinal));
        Assert.Empty(await JudgedAsync("cip.sc == 0x4e && cip.rr == 0 && !(cip.class == 0x06)", "frame.number"));
        Assert.NotEmpty(await JudgedAsync("cip.sc == 0x4e && tcp.srcport == 44818 && cip.genstat == 0", "frame.number"));
    }

    private static IEnumerable<TagRequest> LogixTags() =>
        ((string[])["Pump", "Ratio", "Total", "BatchName", "Recipe1.Title", "Recipe1.Motors[1].Speed", "Motor1.Speed", "Motor1.Starts", "Cube[1,2,3]", "Alarms[36]", "Flags.31", "Program:Main.Step"])
            .Concat(Enumerable.Range(0, 2000).Select(index => Numbered("Counts[", index, "]")))
            .Concat(Enumerable.Range(100, 300).Select(station => Numbered("Station", station, "_Count")))
            .Select(Request);

    private static ImmutableArray<TagRequest> MicroTags(BrowseOutcome.Browsed browsed) =>
        [.. browsed.Tags.Tags.Where(tag => tag.Symbol.Type.Dimensions == 0).Select(tag => Request(tag.Name))];

    private static TagRequest Request(string name) => new(((TagNameOutcome.Parsed)TagName.Parse(name)).Name, null, TextEncoding.Latin1);

    private static RoutePath Route(string text) => ((RouteOutcome.Parsed)RoutePath.Parse(text)).Route;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Numbered(string before, int number, string after) => string.Create(CultureInfo.InvariantCulture, $"{before}{number}{after}");
}
