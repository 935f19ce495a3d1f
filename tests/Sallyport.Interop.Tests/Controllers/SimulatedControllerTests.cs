using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using Sallyport.TestKit;

namespace Sallyport.Interop.Tests.Controllers;

/// <summary>The simulator's CompactLogix, read by somebody else's client and judged by somebody else's dissector.</summary>
public sealed class SimulatedControllerTests
{
    private const string Tags = """
        [{"name":"ScanNumber"},{"name":"Pump"},{"name":"Valve"},{"name":"Offset"},{"name":"Torque"},{"name":"Position"},{"name":"Total"},
         {"name":"Retries"},{"name":"Port"},{"name":"Ratio"},{"name":"Flags.2"},{"name":"Flags.1"},{"name":"Filled"},{"name":"Step","program":"Main"},
         {"name":"Counts","dimensions":1,"size":2000},{"name":"Curve","dimensions":1,"size":100},{"name":"Cube[1,2,3]"},{"name":"Grid[2,1]"},
         {"name":"Buffer","program":"Main","dimensions":1,"size":16},
         {"name":"Titles[1]","structure":true},{"name":"Motors[3]","structure":true},{"name":"Recipe1","structure":true},
         {"name":"Drive","program":"Main","structure":true},{"name":"Recipe1.Setpoints[2]"},{"name":"Scan1.Number"}]
        """;

    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["Pump"] = "true",
        ["Valve"] = "false",
        ["Offset"] = "-100",
        ["Torque"] = "-30000",
        ["Position"] = "-2000000000",
        ["Total"] = "\"-9000000000000000000\"",
        ["Retries"] = "200",
        ["Port"] = "44818",
        ["Flags.2"] = "true",
        ["Flags.1"] = "false",
        ["Step"] = "7",
        ["Counts"] = Numbers(2000, index => (index * 1000) - 7),
        ["Curve"] = Numbers(100, index => index / 4.0),
        ["Cube[1,2,3]"] = "23",
        ["Grid[2,1]"] = "169",
        ["Buffer"] = Numbers(16, index => 100 - index),
        ["Titles[1]"] = "\"T1\"",
        ["Motors[3]"] = Motor(3),
        ["Recipe1"] = $$"""{"Number":17,"ZZZZZZZZZZRecipe1":1,"Released":true,"Setpoints":{{Numbers(8, index => index * 1.5)}},"Title":"Pilsner","Motors":[{{Motor(20)}},{{Motor(21)}}]}""",
        ["Drive"] = Motor(9),
        ["Recipe1.Setpoints[2]"] = "3",
    };

    [Theory(Timeout = 60_000)]
    [InlineData(true, "127.0.9.21")]
    [InlineData(false, "127.0.9.22")]
    public async Task St_ethernet_ip_reads_what_the_controller_holds(bool isConnected, string address)
    {
        await using EtherNetIpPlantServer plant = Start(address);
        JsonElement read = await StEthernetIp.ReadAsync(address, isConnected, Tags);

        Assert.Equal(("5069-L330ER/A", "33.11", 0x00C0_FFEEu, true), (Text(read, "name"), Text(read, "version"), read.GetProperty("serial").GetUInt32(), read.GetProperty("run").GetBoolean()));
        Dictionary<string, JsonElement> values = Values(read, "values");
        foreach ((string name, string expected) in Expected)
        {
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), values[name]), $"{name} is {values[name]}, not {expected}.");
        }

        // What it read alone and what it read in a packet, in the order in which they were given out.
        Dictionary<string, JsonElement> grouped = Values(read, "grouped");
        Assert.Equal(
            ["ScanNumber", "Scan1.Number", "ScanNumber", "Scan1.Number"],
            plant.Ledger.Snapshot().Select(served => ((PlantPoint.Tag)served.Point).Path));
        Assert.Equal(
            plant.Ledger.Snapshot().Select(served => (long)served.Value),
            [values["ScanNumber"].GetInt64(), values["Scan1.Number"].GetInt64(), grouped["ScanNumber"].GetInt64(), grouped["Scan1.Number"].GetInt64()]);
        foreach ((string name, JsonElement value) in grouped.Where(tag => Expected.ContainsKey(tag.Key)))
        {
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Expected[name]), value), $"{name} in a packet is {value}, not {Expected[name]}.");
        }

        Assert.Empty(plant.Device.Writes);
    }

    [Fact(Timeout = 60_000)]
    public async Task St_ethernet_ip_lists_all_tags_with_their_types()
    {
        await using EtherNetIpPlantServer plant = Start("127.0.9.23");
        JsonElement read = await StEthernetIp.ReadAsync("127.0.9.23", isConnected: true, """[{"name":"Pump"}]""");
        string[] listed = [.. read.GetProperty("tags").EnumerateArray().Select(tag => $"{tag.GetProperty("program")}/{Text(tag, "name")}")];
        Assert.Equal(
            plant.Device.Symbols.Controller.Symbols.Select(symbol => $"/{symbol.Name}")
                .Concat(plant.Device.Symbols.FindProgram("Program:Main")!.Symbols.Select(symbol => $"Main/{symbol.Name}")),
            listed);
        Dictionary<string, (string? Type, int Dimensions)> types = read.GetProperty("tags").EnumerateArray()
            .ToDictionary(tag => $"{tag.GetProperty("program")}/{Text(tag, "name")}", tag => (Text(tag, "type"), tag.GetProperty("dimensions").GetInt32()), StringComparer.Ordinal);
        Assert.Equal(("STRING", 0), types["/BatchName"]);
        Assert.Equal(("Recipe", 0), types["/Recipe1"]);
        Assert.Equal(("Motor", 1), types["/Motors"]);
        Assert.Equal(("INT", 3), types["/Cube"]);
        Assert.Equal(("Motor", 0), types["Main/Drive"]);
    }

    [Fact(Timeout = 120_000)]
    public async Task Tshark_finds_nothing_malformed_each_reply_paired_and_no_write()
    {
        Peer.Require("tshark");
        Peer.RequireRoot("capturing packets");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.Combine(Path.GetTempPath(), $"sallyport-eip-{Guid.NewGuid():N}.pcapng");
        try
        {
            await using EtherNetIpPlantServer plant = Start("127.0.9.24");
            await using (Tshark capture = await Tshark.StartCaptureAsync(file, EtherNetIpPlantServer.Port, cancellation))
            {
                await StEthernetIp.ReadAsync("127.0.9.24", isConnected: true, Tags);
                await StEthernetIp.ReadAsync("127.0.9.24", isConnected: false, Tags);
                await capture.CatchUpAsync(cancellation);
            }

            Task<string[]> JudgedAsync(string filter, string field) => Tshark.FieldAsync(file, $"ip.addr == 127.0.9.24 && ({filter})", field);
            Assert.Empty(await JudgedAsync("_ws.malformed", "frame.number"));
            string[] replies = await JudgedAsync("enip && tcp.srcport == 44818", "frame.number");
            Assert.InRange(replies.Length, 100, int.MaxValue);
            Assert.Empty(await JudgedAsync("(enip.command == 0x6f || enip.command == 0x70) && tcp.srcport == 44818 && !enip.response_to", "frame.number"));
            Assert.Empty(await JudgedAsync("enip.command == 0x70 && !enip.fwd_open_in", "frame.number"));
            Assert.Empty(await JudgedAsync("enip.status != 0", "frame.number"));
            string[] services = [.. (await JudgedAsync("cip", "cip.sc")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            Assert.Equal(["0x01", "0x03", "0x0a", "0x4c", "0x52", "0x55"], services.Except(["0x4e", "0x54"], StringComparer.Ordinal));
            Assert.Empty(await JudgedAsync("cip.sc == 0x4e && cip.rr == 0 && !(cip.class == 0x06)", "frame.number"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static EtherNetIpPlantServer Start(string address)
    {
        var ledger = new PlantLedger();
        var plant = new EtherNetIpPlantServer(
            CompactLogix.Create("line-1", ledger, TimeProvider.System),
            ledger,
            new(IPAddress.Parse(address), EtherNetIpPlantServer.Port),
            TimeProvider.System,
            NullLogger<EtherNetIpPlantServer>.Instance);
        plant.Start();
        return plant;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static Dictionary<string, JsonElement> Values(JsonElement read, string name) => read.GetProperty(name).EnumerateArray()
        .ToDictionary(tag => Text(tag, "name")!, tag => tag.GetProperty("value"), StringComparer.Ordinal);

    private static string Numbers(int count, Func<int, double> value) =>
        $"[{string.Join(',', Enumerable.Range(0, count).Select(index => value(index).ToString(CultureInfo.InvariantCulture)))}]";

    private static string Motor(int number) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"ZZZZZZZZZZMotor0":{{(number % 2 == 0 ? 1 : 2)}},"Running":{{(number % 2 == 0 ? "true" : "false")}},"Tripped":{{(number % 2 != 0 ? "true" : "false")}},"Starts":{{1000 + number}},"Speed":{{100.5 * number}},"EnergyWh":"{{5_000_000_000 + number}}"}""");
}
