using System.Text.Json;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus read</c> and <c>modbus scan</c> of a device that nobody here wrote.</summary>
public sealed class PeerTests : IAsyncLifetime
{
    private const string Address = "127.0.9.21";

    private PeerProcess? _server;
    private string _endpoint = "";

    public async ValueTask InitializeAsync()
    {
        Peer.RequirePython("pymodbus");
        _server = await PeerProcess.StartAsync("/usr/bin/python3", Path.Combine(AppContext.BaseDirectory, "Peers", "modbus_server.py"), Address);
        _endpoint = $"{Address}:{_server.FirstLine}";
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact(Timeout = 60_000)]
    public async Task Floats_of_a_real_device_are_read_in_the_order_that_the_table_suggests()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", _endpoint, "--unit", "5", "--address", "100", "--count", "20"));
        Assert.Contains("their order is probably CDAB: 10 of 10", bench.Output, StringComparison.Ordinal);
        using var typed = new Bench();
        Assert.Equal(ExitCode.Good, await typed.RunAsync(
            "modbus", "read", _endpoint, "--unit", "5", "--address", "100", "--count", "3", "--type", "float32", "--order", "CDAB", "--json"));
        Assert.Equal(
            [1.5, 2.5, 3.5],
            JsonElement.Parse(typed.Output).GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetDouble()));
    }

    // facts 6.12
    [Fact(Timeout = 60_000)]
    public async Task Holes_of_a_real_device_are_found()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync(
            "modbus", "scan", _endpoint, "--unit", "5", "--from", "90", "--to", "159", "--pause", "10", "--yes", "--json"));
        JsonElement unit = JsonElement.Parse(bench.Output).GetProperty("units")[0];
        Assert.Equal(
            [(90, 99, "hole"), (100, 119, "readable"), (120, 139, "hole"), (140, 149, "readable"), (150, 159, "hole")],
            unit.GetProperty("ranges").EnumerateArray().Select(range => (
                range.GetProperty("from").GetInt32(), range.GetProperty("to").GetInt32(), range.GetProperty("state").GetString()!)));
        Assert.Equal("""[{"table":"holdingRegister","from":120,"to":139}]""", unit.GetProperty("holes").GetRawText());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_address_that_a_real_device_does_not_have_is_said_in_words()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "read", _endpoint, "--unit", "5", "--address", "0"));
        Assert.Contains("exception 2: illegal data address", bench.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--address 200 --type string --registers 8", "\"SALLYPORT 7\"")]
    [InlineData("--address 208 --type string --registers 2 --packing lowFirst", "\"AB12\"")]
    [InlineData("--address 210 --type float64", "12345.678")]
    [InlineData("--address 214 --type int64 --order GHEFCDAB", "-2")]
    [InlineData("--address 218 --type uint64", "\"18446744073709551615\"")]
    [InlineData("--address 222 --type bcd16", "1234")]
    [InlineData("--address 223 --type float16", "1.5")]
    [InlineData("--address 224 --type bool --bit 3", "true")]
    [InlineData("--address 224 --type bool --bit 4", "false")]
    public async Task Values_of_every_kind_are_read_from_a_real_device(string options, string value)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync(["modbus", "read", _endpoint, "--unit", "5", "--count", "1", "--json", .. options.Split(' ')]));
        Assert.Equal(value, JsonElement.Parse(bench.Output).GetProperty("points")[0].GetProperty("value").GetRawText());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_real_device_says_who_it_is()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", _endpoint, "--unit", "5", "--from", "100", "--to", "119", "--pause", "10", "--identify", "--yes", "--json"));
        JsonElement identification = JsonElement.Parse(bench.Output).GetProperty("units")[0].GetProperty("identification");
        Assert.Equal(
            ["vendorName=Northwind Drives", "productCode=ND-400", "revision=V2.17"],
            identification.EnumerateObject().Take(3).Select(one => $"{one.Name}={one.Value.GetString()}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Points_of_a_table_are_read_from_a_real_device()
    {
        using var folder = new TemporaryFolder();
        string table = folder.Write("points.csv", "device,name,group,table,address,type,wordOrder\nmeter,first,g,holdingRegister,100,float32,CDAB\nmeter,last,g,holdingRegister,149,uint16,\n");
        using var import = new Bench();
        await import.RunAsync("modbus", "validate", table, "--json");
        string plan = folder.Write("twin.json", $$"""
            {
              "connections": { "c": { "endpoint": "modbus-tcp://{{_endpoint}}" } }, "units": { "meter": { "connection": "c", "unitId": 5 } },
              "groups": { "g": { "intervalMs": 1000 } }, "pointsFile": {{JsonElement.Parse(import.Output).GetProperty("pointsFile").GetRawText()}}
            }
            """);
        using var bench = new Bench();
        Assert.True(await bench.RunAsync("modbus", "read", "--plan", plan, "--json") is ExitCode.Good, bench.Errors + bench.Output);
        Assert.Equal([1.5, 9], JsonElement.Parse(bench.Output).GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetDouble()));
    }
}
