using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;
using Sallyport.Ctl.Modbus.Import;
using Sallyport.Ctl.Modbus.Import.IotEdgeModbus;
using Sallyport.Hosting;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus import --from iot-edge-modbus</c>.</summary>
public sealed class IotEdgeModbusImportTests
{
    [Fact]
    public async Task A_twin_of_the_archived_module_becomes_a_twin_of_ours()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "import", "@iot-edge-modbus.json"));
        Assert.IsType<PlanReading<DevicePlan>.Accepted>(new DevicePlanReader().Read(JsonElement.Parse(bench.Output)));
        Golden.Match("import-iot-edge-modbus.json", bench.Output);
    }

    [Fact]
    public async Task What_could_not_be_taken_over_is_listed_with_its_place()
    {
        using var bench = new Bench();
        await bench.RunAsync("modbus", "import", "@iot-edge-modbus.json");
        Golden.Match("import-iot-edge-modbus.txt", bench.Errors);
    }

    // facts 6.16
    [Theory]
    [InlineData("40001", "holdingRegister", 0)]
    [InlineData("400001", "holdingRegister", 0)]
    [InlineData("49999", "holdingRegister", 9998)]
    [InlineData("465536", "holdingRegister", 65535)]
    [InlineData("30010", "inputRegister", 9)]
    [InlineData("300010", "inputRegister", 9)]
    [InlineData("00001", "coil", 0)]
    [InlineData("000017", "coil", 16)]
    [InlineData("10001", "discreteInput", 0)]
    public void Numbers_of_manuals_are_translated_to_addresses_on_the_wire(string number, string table, int address)
    {
        Assert.True(StartAddress.TryParse(number, out ModbusTable? found, out int wire));
        Assert.Equal((table, address), (found!.Name, wire));
    }

    [Theory]
    [InlineData("")]
    [InlineData("4001")]
    [InlineData("4000001")]
    [InlineData("40000")]
    [InlineData("50001")]
    [InlineData("4000A")]
    [InlineData("4-001")]
    public void What_is_no_such_number_is_refused(string number) => Assert.False(StartAddress.TryParse(number, out _, out _));

    [Theory]
    [InlineData("40001", 1, "40002")]
    [InlineData("400009", 2, "400011")]
    [InlineData("00017", 2, "00019")]
    public void The_next_register_is_written_in_the_same_way(string number, int steps, string next) => Assert.Equal(next, StartAddress.Next(number, steps));

    [Fact]
    public async Task The_file_of_the_older_version_has_functions_and_addresses_that_count_from_0()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "import", "@iot-edge-modbus-older.json"));
        JsonElement points = Assert.Single(JsonElement.Parse(bench.Output).GetProperty("points").EnumerateObject()).Value;
        Assert.Equal([0, 1], points.EnumerateObject().Select(point => point.Value.GetProperty("address").GetInt32()));
        Assert.Contains("a functionCode from 1 to 4: others write.", bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_serial_port_becomes_an_endpoint_with_its_line_settings()
    {
        var draft = new TwinDraft();
        new IotEdgeModbusImport(draft).Read(JsonTree.Parse(File.ReadAllBytes(Bench.Fixture("iot-edge-modbus-serial.json"))));
        JsonObject line = draft.Section(TwinDraft.Connections)["Line"]!.AsObject();
        Assert.Equal("modbus-rtu:///dev/ttyS0?baud=9600&parity=odd&stopBits=1", line["endpoint"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_twin_goes_to_a_file_that_is_not_there_yet()
    {
        string file = Path.Combine(Path.GetTempPath(), $"sallyportctl-{Guid.NewGuid():N}.json");
        try
        {
            using var bench = new Bench();
            Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "import", "@iot-edge-modbus.json", "--out", file));
            Assert.Equal($"{file} is written.\n", bench.Output);
            using var again = new Bench();
            Assert.Equal(ExitCode.WrongUsage, await again.RunAsync("modbus", "import", "@iot-edge-modbus.json", "--out", file));
            Assert.Contains("--force replaces it", again.Errors, StringComparison.Ordinal);
            using var valid = new Bench();
            Assert.Equal(ExitCode.Good, await valid.RunAsync("modbus", "validate", file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
