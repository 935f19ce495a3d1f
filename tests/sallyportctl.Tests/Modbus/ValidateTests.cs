using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus validate</c>.</summary>
public sealed class ValidateTests
{
    [Fact]
    public async Task A_good_plan_is_shown_with_its_costs_and_with_what_is_odd()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@good.json"));
        Golden.Match("validate-good.txt", bench.Output);
    }

    [Fact]
    public async Task On_a_terminal_it_is_drawn()
    {
        using var bench = new Bench { IsTerminal = true };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@good.json"));
        Golden.Match("validate-good-terminal.txt", bench.Output);
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@good.json", "--json"));
        Golden.Match("validate-good.json", bench.Output);
    }

    // facts 2.20
    [Fact]
    public async Task Every_fault_is_shown_with_its_line_in_the_words_of_the_module()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@bad.json"));
        var refused = (PlanReading<DevicePlan>.Refused)new DevicePlanReader().Read(JsonElement.Parse(await File.ReadAllTextAsync(
            Bench.Fixture("bad.json"), TestContext.Current.CancellationToken)));
        string[] lines = bench.Output.TrimEnd().Split('\n')[1..];
        Assert.Equal(
            refused.Faults.Select(fault => $"{fault.Pointer}: {fault.Reason}").Order(StringComparer.Ordinal),
            lines.Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["2:30", "3:25", "3:46", "4:25", "7:65", "7:7", "8:102", "8:65"],
            lines.Select(line => line.Split(": ")[0]["bad.json:".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_not_json_is_shown_with_its_line()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@broken.json"));
        Assert.Contains("broken.json:2:19: the document: It is not JSON", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_placeholder_of_a_manifest_takes_its_value_from_the_command_line_or_the_environment()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@manifest.json", "--set", "METER_ENDPOINT=modbus-tcp://192.0.2.10"));
        using var other = new Bench();
        other.Variables["METER_ENDPOINT"] = "modbus-tcp://192.0.2.10";
        Assert.Equal(ExitCode.Good, await other.RunAsync("modbus", "validate", "@manifest.json", "--module", "ModbusReader"));
    }

    [Fact]
    public async Task A_placeholder_without_a_value_is_a_fault_that_says_what_to_do()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@manifest.json"));
        Assert.Equal(
            """
            manifest.json: the module would refuse this and go on with what it has.
            manifest.json:6:36: /connections/hall/endpoint: ${METER_ENDPOINT} has no value: give it with --set METER_ENDPOINT=VALUE or as an environment variable.

            """,
            bench.Output);
    }

    [Fact]
    public async Task A_twin_as_it_was_fetched_is_judged_without_the_members_of_the_hub()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@fetched-twin.json", "--json"));
        JsonElement fault = Assert.Single(JsonElement.Parse(bench.Output).GetProperty("faults").EnumerateArray());
        Assert.Equal("/groups/slow/intervalMs", fault.GetProperty("pointer").GetString());
        Assert.Equal(10, fault.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task The_template_of_this_repository_is_valid()
    {
        using var bench = new Bench();
        string template = RepositoryRoot.Combine("deployment.template.json");
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", template, "--set", "MODBUS_ENDPOINT=modbus-tcp://192.0.2.10"));
    }

    [Fact]
    public async Task A_document_that_is_too_large_for_a_twin_is_refused_as_the_module_does()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $$"""{"units": "{{new string('x', 40_000)}}"}""", TestContext.Current.CancellationToken);
            using var bench = new Bench();
            Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", file));
            Assert.Contains("at most 32768 are possible", bench.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    // facts 6.16
    [Fact]
    public async Task An_address_that_manuals_write_is_pointed_out_with_its_address_on_the_wire()
    {
        using var bench = new Bench();
        await bench.RunAsync("modbus", "validate", "@good.json");
        Assert.Contains("40101 looks like the number that manuals give a holdingRegister; on the wire its address would be 100.", bench.Output, StringComparison.Ordinal);
    }
}
