using System.Text.Json;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
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

    // facts 6.22, 6.23, 6.24
    [Theory]
    [InlineData("bool", "--bit 3", "0008", "true")]
    [InlineData("bool", "--bit 3 --order BA", "0008", "false")]
    [InlineData("int8High", "", "FE01", "-2")]
    [InlineData("int8Low", "", "01FE", "-2")]
    [InlineData("uint8High", "", "FE01", "254")]
    [InlineData("uint8Low", "", "01FE", "254")]
    [InlineData("int16", "", "FFFE", "-2")]
    [InlineData("uint16", "--order BA", "FEFF", "65534")]
    [InlineData("int32", "--order CDAB", "FFFE FFFF", "-2")]
    [InlineData("uint32", "--order DCBA", "0100 0000", "1")]
    [InlineData("int64", "--order GHEFCDAB", "FFFE FFFF FFFF FFFF", "-2")]
    [InlineData("uint64", "", "FFFF FFFF FFFF FFFF", "\"18446744073709551615\"")]
    [InlineData("float16", "", "3E00", "1.5")]
    [InlineData("float32", "--order BADC", "C03F 0000", "1.5")]
    [InlineData("float64", "--order HGFEDCBA", "0000 0000 0000 F83F", "1.5")]
    [InlineData("bcd16", "", "1234", "1234")]
    [InlineData("bcd32", "--order CDAB", "5678 1234", "12345678")]
    [InlineData("bcd64", "", "1234 5678 9012 3456", "1234567890123456")]
    [InlineData("string", "--registers 2", "4869 2100", "\"Hi!\"")]
    [InlineData("string", "--registers 2 --packing lowFirst", "6948 0021", "\"Hi!\"")]
    [InlineData("string", "--registers 3 --packing lowOnly", "0048 0069 0021", "\"Hi!\"")]
    [InlineData("string", "--registers 1 --encoding latin1", "B043", "\"°C\"")]
    [InlineData("string", "--registers 2 --encoding utf8", "C2B0 4320", "\"°C\"")]
    public async Task Every_type_of_the_configuration_can_be_read(string type, string options, string registers, string value)
    {
        PaperDevice device = PaperDevice.WithRegisters(7, [.. registers.Split(' ').Select(register => Convert.ToUInt16(register, 16))]);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync(
            ["modbus", "read", "192.0.2.10", "--address", "7", "--count", "1", "--json", "--type", type, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        JsonElement point = Assert.Single(JsonElement.Parse(bench.Output).GetProperty("points").EnumerateArray());
        Assert.Equal(
            (type, value, registers.Replace(" ", "", StringComparison.Ordinal)),
            (point.GetProperty("type").GetString(), point.GetProperty("value").GetRawText(), point.GetProperty("raw").GetString()));
    }

    [Fact]
    public void The_types_of_that_test_are_all_that_there_are() => Assert.Equal(
        Vocabulary.Types.Keys.Order(StringComparer.Ordinal),
        typeof(ReadTests).GetMethod(nameof(Every_type_of_the_configuration_can_be_read))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>()
            .Select(data => (string)data.Data[0]!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Help_names_every_type_every_order_and_what_strings_need()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "--help"));
        string help = string.Join(' ', bench.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            (IEnumerable<string>)[.. Vocabulary.Types.Keys, .. Vocabulary.Orders16.Keys, .. Vocabulary.Orders.Keys, .. Vocabulary.Orders64.Keys, .. Vocabulary.Packings.Keys, .. Vocabulary.Encodings.Keys],
            word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_string_is_read_alone_unless_more_are_asked_for()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x4869, 0x2100, 0x486F, 0x0000);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "192.0.2.10", "--type", "string", "--registers", "2"));
        Golden.Match("read-string.txt", bench.Output);
        using var more = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await more.RunAsync("modbus", "read", "192.0.2.10", "--type", "string", "--registers", "2", "--count", "2", "--json"));
        Assert.Equal(["Hi!", "Ho"], JsonElement.Parse(more.Output).GetProperty("points").EnumerateArray().Select(point => point.GetProperty("value").GetString()));
    }

    [Theory]
    [InlineData("--bit 3", "--bit says how a value is read")]
    [InlineData("--order CDAB", "--type says it")]
    [InlineData("--type bool", "bit: A bool in a holdingRegister is one bit of it: say which, 0 (the least significant) to 15.")]
    [InlineData("--type bool --bit 16", "bit: 16 is not a whole number from 0 to 15.")]
    [InlineData("--type string", "registers: ")]
    [InlineData("--type float64 --order CDAB", "known are ABCDEFGH, ")]
    [InlineData("--type int16 --registers 2", "registers: Only a string has this.")]
    [InlineData("--type float33", "type: ")]
    public async Task What_does_not_go_together_is_refused_in_words_that_say_what_does(string options, string words)
    {
        using var bench = new Bench { Open = _ => new PaperDevice() };
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync(["modbus", "read", "192.0.2.10", .. options.Split(' ')]));
        Assert.Contains(words, bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_device_says_cannot_command_the_terminal()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x1B5B, 0x324A);
        using var bench = new Bench { Open = _ => device };
        await bench.RunAsync("modbus", "read", "192.0.2.10", "--type", "string", "--registers", "2");
        Assert.Contains(".[2J", bench.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001B", bench.Output, StringComparison.Ordinal);
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
