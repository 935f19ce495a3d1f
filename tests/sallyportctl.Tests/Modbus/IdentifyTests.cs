using System.Text.Json;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus scan --identify</c>.</summary>
public sealed class IdentifyTests
{
    private static PaperDevice WithIdentities()
    {
        var device = new PaperDevice { Units = { 2, 3 }, Registers = { [0] = 7 } };
        device.Identities[1] = new IdentifyOutcome.Identified([new(0, "Northwind Drives"), new(1, "ND-400"), new(2, "V2.17"), new(4, "Drive"), new(128, "hall 3")]);
        device.Identities[3] = new IdentifyOutcome.Failed(ReadOutcome.TimedOut.Instance);
        return device;
    }

    [Fact]
    public async Task Units_are_asked_who_they_are_if_it_is_wanted_and_one_that_does_not_say_it_is_no_error()
    {
        PaperDevice device = WithIdentities();
        using var bench = new Bench { Open = _ => device, Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-4", "--identify", "--yes"));
        Golden.Match("scan-identify.txt", bench.Output);
        Assert.Equal([1, 2, 3], device.AskedForIdentity);
        Assert.Contains("; and function 43/14 (identification) of the units that answer, with 100 ms", bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_terminal_they_are_drawn()
    {
        using var bench = new Bench { Open = _ => WithIdentities(), Time = new HastyTime(), IsTerminal = true };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-4", "--identify", "--yes"));
        Golden.Match("scan-identify-terminal.txt", bench.Output);
    }

    [Fact]
    public async Task Machines_get_what_units_say_of_themselves_by_its_name()
    {
        using var bench = new Bench { Open = _ => WithIdentities(), Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-4", "--identify", "--yes", "--json"));
        Golden.Match("scan-identify.json", bench.Output);
    }

    // facts 6.33
    [Fact]
    public async Task Nobody_is_asked_who_it_is_unless_it_is_wanted_and_the_pause_holds_for_the_question_too()
    {
        PaperDevice device = WithIdentities();
        using var without = new Bench { Open = _ => device, Time = new HastyTime() };
        await without.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-4", "--yes");
        Assert.Empty(device.AskedForIdentity);
        device.Asked.Clear();
        var time = new HastyTime();
        using var bench = new Bench { Open = _ => device, Time = time };
        await bench.RunAsync("modbus", "scan", "192.0.2.10", "--unit", "1-4", "--identify", "--yes");
        Assert.Equal(TimeSpan.FromMilliseconds(100) * (device.Asked.Count + device.AskedForIdentity.Count), time.Waited);
    }

    [Fact]
    public async Task Addresses_are_looked_for_although_the_unit_does_not_say_who_it_is()
    {
        using var bench = new Bench { Open = _ => PaperDevice.WithRegisters(0, new ushort[10]), Time = new HastyTime() };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "scan", "192.0.2.10", "--to", "49", "--identify", "--yes", "--json"));
        JsonElement unit = JsonElement.Parse(bench.Output).GetProperty("units")[0];
        Assert.Equal(JsonValueKind.Null, unit.GetProperty("identification").ValueKind);
        Assert.Equal("does not know the question who it is (exception 1)", unit.GetProperty("reason").GetString());
        Assert.Equal(2, unit.GetProperty("ranges").GetArrayLength());
    }
}
