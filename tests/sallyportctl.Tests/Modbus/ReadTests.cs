using System.Text.Json;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus read</c>.</summary>
public sealed class ReadTests
{
    // 230.5 and 49.98 as CDAB floats, then "Hi" and -2.
    private static PaperDevice Meter() => PaperDevice.WithRegisters(100, 0x8000, 0x4366, 0xEB85, 0x4247, 0x4869, 0xFFFE);

    // facts 6.22
    [Fact]
    public async Task Registers_are_shown_in_every_meaning_and_the_order_of_floats_can_be_seen()
    {
        using var bench = new Bench { Open = _ => Meter() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--address", "100", "--count", "6"));
        Golden.Match("read-registers.txt", bench.Output);
    }

    [Fact]
    public async Task On_a_terminal_they_are_drawn()
    {
        using var bench = new Bench { Open = _ => Meter(), IsTerminal = true };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--address", "100", "--count", "6"));
        Golden.Match("read-registers-terminal.txt", bench.Output);
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench { Open = _ => Meter() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--address", "100", "--count", "6", "--json"));
        Golden.Match("read-registers.json", bench.Output);
    }

    [Fact]
    public async Task Bits_are_shown_one_by_one()
    {
        var device = new PaperDevice { Bits = { 3, 12 } };
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--table", "coil", "--address", "2", "--count", "11"));
        Golden.Match("read-coils.txt", bench.Output);
    }

    [Fact]
    public async Task Values_of_a_type_are_read_as_the_module_reads_them()
    {
        using var bench = new Bench { Open = _ => Meter() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync(
            "modbus", "read", "192.0.2.10", "--address", "100", "--count", "2", "--type", "float32", "--order", "CDAB"));
        Golden.Match("read-values.txt", bench.Output);
    }

    // facts 6.24
    [Fact]
    public async Task A_value_and_the_scale_in_another_register_are_read_together()
    {
        using var folder = new TemporaryFolder();
        string plan = folder.Write("plan.json", """
            {
              "connections": { "c": { "endpoint": "modbus-tcp://192.0.2.10" } }, "units": { "inverter": { "connection": "c", "unitId": 1 } },
              "groups": { "g": { "intervalMs": 1000 } },
              "points": { "inverter": {
                "power": { "group": "g", "table": "holdingRegister", "address": 0, "type": "int16", "scaleFrom": "power_sf", "unit": "W" },
                "power_sf": { "group": "g", "table": "holdingRegister", "address": 1, "type": "int16" },
                "state": { "group": "g", "table": "holdingRegister", "address": 2, "type": "uint16", "enum": { "4": "running" } },
                "spare": { "group": "g", "table": "holdingRegister", "address": 3, "type": "uint16", "nullValues": [65535] }
              } }
            }
            """);
        PaperDevice device = PaperDevice.WithRegisters(0, 12345, 0xFFFE, 4, 0xFFFF);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "--plan", plan, "--point", "inverter/power", "--json"));
        JsonElement power = Assert.Single(JsonElement.Parse(bench.Output).GetProperty("points").EnumerateArray());
        Assert.Equal((123.45, "W"), (power.GetProperty("value").GetDouble(), power.GetProperty("engineeringUnit").GetString()));
        Assert.Single(device.Asked);
        using var all = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Problems, await all.RunAsync("modbus", "read", "--plan", plan));
        Golden.Match("read-plan.txt", all.Output);
    }

    [Fact]
    public async Task More_than_one_request_can_give_is_read_with_several()
    {
        var device = new PaperDevice();
        for (int i = 0; i < 300; i++)
        {
            device.Registers[i] = (ushort)i;
        }

        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--count", "300", "--json"));
        Assert.Equal([125, 125, 50], device.Asked.Select(asked => (int)asked.Request.Quantity));
        JsonElement[] addresses = [.. JsonElement.Parse(bench.Output).GetProperty("addresses").EnumerateArray()];
        Assert.Equal(Enumerable.Range(0, 300), addresses.Select(address => address.GetProperty("unsigned").GetInt32()));
    }

    // facts 6.18
    [Theory]
    [InlineData(1, "illegal function", "--table inputRegister")]
    [InlineData(2, "illegal data address", "manual calls 40101")]
    [InlineData(3, "illegal data value", "smaller --count")]
    [InlineData(4, "server device failure", "display")]
    [InlineData(6, "server device busy", "busy")]
    [InlineData(8, "memory parity error", "display")]
    [InlineData(10, "gateway path unavailable", "unit id")]
    [InlineData(11, "gateway target device failed to respond", "wiring")]
    [InlineData(99, "not in the specification", "manual")]
    public async Task An_exception_is_said_in_words_with_advice(int code, string words, string advice)
    {
        var device = new PaperDevice { Manners = (_, _) => new ReadOutcome.Refused(new ModbusExceptionCode((byte)code)) };
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "read", "192.0.2.10"));
        Assert.Contains($"exception {code}: {words}", bench.Output, StringComparison.Ordinal);
        Assert.Contains(advice, bench.Output, StringComparison.Ordinal);
    }

    // facts 2.24
    [Fact]
    public async Task Silence_is_answered_with_advice_on_the_unit_id_and_asked_no_further()
    {
        var device = new PaperDevice { Manners = (_, _) => ReadOutcome.TimedOut.Instance };
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "read", "192.0.2.10", "--count", "300"));
        Assert.Contains("Is the unit id right", bench.Output, StringComparison.Ordinal);
        Assert.Single(device.Asked);
    }

    [Fact]
    public async Task A_device_that_cannot_be_reached_is_said_so()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "read", "127.0.0.1:1", "--timeout", "200"));
        Assert.Contains("cannot connect: ConnectionRefused", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_of_a_plan_are_read_with_the_requests_of_the_module()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x8000, 0x4366, 0, 0);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "--plan", "@good.json", "--point", "meter/voltage"));
        Golden.Match("read-point.txt", bench.Output);
        Assert.Equal((byte)1, Assert.Single(device.Asked).UnitId);
    }

    // facts 2.4
    [Fact]
    public async Task A_bad_address_of_a_plan_does_not_hide_the_good_ones()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x8000, 0x4366);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "read", "--plan", "@good.json", "--point", "meter", "--json"));
        var points = JsonElement.Parse(bench.Output).GetProperty("points").EnumerateArray()
            .ToDictionary(point => point.GetProperty("point").GetString()!, StringComparer.Ordinal);
        Assert.Equal(230.5, points["voltage"].GetProperty("value").GetDouble());
        Assert.StartsWith("exception 2", points["current"].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_reads_again_at_its_interval_and_gives_a_line_of_json_each_time()
    {
        var device = new PaperDevice { Registers = { [0] = 1 } };
        device.Manners = (_, _) =>
        {
            device.Registers[0]++;
            return null;
        };
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--count", "1", "--watch", "--times", "3", "--json"));
        Assert.Equal(
            [2, 3, 4],
            bench.Output.TrimEnd().Split('\n').Select(line => JsonElement.Parse(line).GetProperty("addresses")[0].GetProperty("unsigned").GetInt32()));
    }

    [Fact]
    public async Task A_watch_on_a_terminal_draws_the_table_again()
    {
        using var bench = new Bench { Open = _ => Meter(), Time = new HastyTime(), IsTerminal = true };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--address", "100", "--count", "2", "--watch", "--times", "2"));
        Assert.Contains("230.5 *", bench.Output, StringComparison.Ordinal);
        Assert.Contains("UTC, again every 1000 ms until Ctrl+C", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_on_a_terminal_says_why_nothing_comes()
    {
        var device = new PaperDevice { Manners = (_, _) => new ReadOutcome.Refused(new ModbusExceptionCode(11)) };
        using var bench = new Bench { Open = _ => device, Time = new HastyTime(), IsTerminal = true };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "read", "192.0.2.10", "--watch", "--times", "1"));
        Assert.Contains("exception 11: gateway target device failed to respond", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_reading_functions_go_out()
    {
        PaperDevice device = Meter();
        using var bench = new Bench { Open = _ => device };
        foreach (string table in (string[])["coil", "discreteInput", "inputRegister", "holdingRegister"])
        {
            await bench.RunAsync("modbus", "read", "192.0.2.10", "--address", "100", "--count", "2", "--table", table);
        }

        Assert.Equal([1, 2, 4, 3], device.Asked.Select(asked => (int)asked.Request.Table.FunctionCode));
    }
}
