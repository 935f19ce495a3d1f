using System.Text.Json;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus scan</c>.</summary>
public sealed class ScanTests
{
    /// <summary>0 to 9 and 20 to 39 can be read, 30 is missing.</summary>
    private static PaperDevice WithHoles()
    {
        var device = new PaperDevice();
        foreach (int address in Enumerable.Range(0, 10).Concat(Enumerable.Range(20, 20)).Where(address => address != 30))
        {
            device.Registers[address] = 1;
        }

        return device;
    }

    [Fact]
    public async Task Units_that_answer_are_found_and_one_that_says_no_is_there()
    {
        var device = new PaperDevice { Units = { 3 }, Registers = { [0] = 7 } };
        device.Manners = (unitId, _) => unitId == 4 ? new ReadOutcome.Refused(new ModbusExceptionCode(2))
            : unitId == 5 ? new ReadOutcome.Refused(new ModbusExceptionCode(11)) : null;
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-5", "--yes"));
        Golden.Match("scan-units.txt", bench.Output);
    }

    [Fact]
    public async Task Readable_ranges_are_found_and_their_holes_are_ready_for_the_twin()
    {
        PaperDevice device = WithHoles();
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--yes"));
        Golden.Match("scan-ranges.txt", bench.Output);
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench { Open = _ => WithHoles(), Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--yes", "--json"));
        Golden.Match("scan-ranges.json", bench.Output);
    }

    // facts 6.11
    [Fact]
    public async Task A_device_that_gives_few_registers_at_once_is_scanned_all_the_same()
    {
        PaperDevice whole = WithHoles();
        var device = new PaperDevice { MaxQuantity = 4 };
        foreach ((int address, ushort value) in whole.Registers)
        {
            device.Registers[address] = value;
        }

        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--yes", "--json");
        string ranges = JsonElement.Parse(bench.Output).GetProperty("units")[0].GetProperty("ranges").ToString();
        using var other = new Bench { Open = _ => whole, Time = new HastyTime() };
        await other.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--yes", "--json");
        Assert.Equal(JsonElement.Parse(other.Output).GetProperty("units")[0].GetProperty("ranges").ToString(), ranges);
    }

    // facts 6.13
    [Fact]
    public async Task A_device_that_gives_32_bit_values_only_as_a_whole_is_asked_for_pairs_at_even_addresses()
    {
        PaperDevice device = WithHoles();
        device.Manners = (_, request) => request.Address % 2 != 0 || request.Quantity % 2 != 0
            ? new ReadOutcome.Refused(new ModbusExceptionCode(2)) : null;
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--yes", "--json");
        JsonElement first = JsonElement.Parse(bench.Output).GetProperty("units")[0].GetProperty("ranges")[0];
        Assert.Equal((0, 9, "readable"), (first.GetProperty("from").GetInt32(), first.GetProperty("to").GetInt32(), first.GetProperty("state").GetString()));
    }

    // facts 6.33
    [Fact]
    public async Task It_says_what_it_will_send_and_begins_only_when_somebody_agrees()
    {
        PaperDevice device = WithHoles();
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-10"));
        Assert.Empty(device.Asked);
        Assert.Contains("10 requests, with 100 ms of silence after each. Nothing is written.", bench.Errors, StringComparison.Ordinal);
        Assert.Contains("say so with --yes", bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_to_the_question_sends_nothing()
    {
        PaperDevice device = WithHoles();
        using var bench = new Bench { Open = _ => device, IsInteractive = true };
        bench.Keyboard.PushTextWithEnter("n");
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("modbus", "scan", "192.0.2.10"));
        Assert.Empty(device.Asked);
    }

    // facts 6.33
    [Fact]
    public async Task After_each_request_the_line_is_silent_for_the_pause()
    {
        PaperDevice device = WithHoles();
        var time = new HastyTime();
        using var bench = new Bench { Open = _ => device, Time = time };
        await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--pause", "250", "--yes");
        Assert.Equal(TimeSpan.FromMilliseconds(250) * device.Asked.Count, time.Waited);
    }

    // facts 6.33
    [Fact]
    public async Task A_device_that_has_gone_is_not_asked_for_the_rest()
    {
        var device = new PaperDevice { Manners = (_, _) => new ReadOutcome.Unreachable("cannot connect: ConnectionRefused") };
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-247", "--yes"));
        Assert.Equal(2, device.Asked.Count);
        Assert.Contains("Stopped early", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_before_ctrl_c_is_shown()
    {
        using var stop = new CancellationTokenSource();
        PaperDevice device = WithHoles();
        device.Manners = (_, request) =>
        {
            if (request.Address >= 16)
            {
                stop.Cancel();
            }

            return null;
        };
        using var bench = new Bench { Open = _ => device, Time = new HastyTime(), Stop = stop.Token };
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--block", "8", "--yes", "--json"));
        JsonElement report = JsonElement.Parse(bench.Output);
        Assert.False(report.GetProperty("complete").GetBoolean());
        Assert.Equal(
            [(0, 9, "readable"), (10, 15, "hole"), (16, 49, "not asked")],
            report.GetProperty("units")[0].GetProperty("ranges").EnumerateArray().Select(range => (
                range.GetProperty("from").GetInt32(), range.GetProperty("to").GetInt32(), range.GetProperty("state").GetString()!)));
    }

    [Fact]
    public async Task A_unit_that_falls_silent_is_not_asked_for_the_rest()
    {
        PaperDevice device = WithHoles();
        device.Manners = (_, request) => request.Address >= 32 ? ReadOutcome.TimedOut.Instance : null;
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "999", "--block", "8", "--yes"));
        Assert.Contains("not asked", bench.Output, StringComparison.Ordinal);
        Assert.True(device.Asked.Count < 40, $"{device.Asked.Count} requests.");
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_asked_for_once()
    {
        var device = new PaperDevice { Manners = (_, _) => new ReadOutcome.Refused(new ModbusExceptionCode(1)) };
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "999", "--yes");
        Assert.Equal(2, device.Asked.Count);
    }

    [Fact]
    public async Task A_busy_device_is_asked_again()
    {
        int busy = 2;
        PaperDevice device = WithHoles();
        device.Manners = (_, _) => busy-- > 0 ? new ReadOutcome.Refused(new ModbusExceptionCode(6)) : null;
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--yes"));
        Assert.Equal(3, device.Asked.Count);
    }
}
