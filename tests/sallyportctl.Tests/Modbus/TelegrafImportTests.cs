using System.Text.Json;
using System.Text.Json.Nodes;
using Sallyport.Ctl.Documents;
using Sallyport.Ctl.Modbus.Import;
using Sallyport.Ctl.Modbus.Import.Telegraf;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus import --from telegraf</c>. What the importer says is looked at before the module's reader has taken out what it does not know.</summary>
public sealed class TelegrafImportTests
{
    [Theory]
    [InlineData("register.toml")]
    [InlineData("request.toml")]
    [InlineData("metric.toml")]
    public async Task What_comes_out_is_a_twin_that_the_module_accepts(string fixture)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "import", "@" + fixture));
        Assert.IsType<PlanReading<DevicePlan>.Accepted>(new DevicePlanReader().Read(JsonElement.Parse(bench.Output)));
    }

    [Theory]
    [InlineData("speed", "holdingRegister", 0, "uint16", null, null)]
    [InlineData("flow", "holdingRegister", 2, "float32", "CDAB", null)]
    [InlineData("total", "holdingRegister", 4, "uint32", "BADC", null)]
    [InlineData("count", "holdingRegister", 6, "int32", "DCBA", null)]
    [InlineData("swapped", "holdingRegister", 8, "int16", "BA", null)]
    [InlineData("level", "holdingRegister", 9, "int16", null, 0.1)]
    [InlineData("energy", "holdingRegister", 10, "uint32", null, 0.001)]
    [InlineData("old_fixed", "holdingRegister", 12, "uint32", null, 0.01)]
    [InlineData("alarm", "holdingRegister", 14, "bool", null, null)]
    [InlineData("low", "holdingRegister", 15, "int8Low", null, null)]
    [InlineData("wide", "holdingRegister", 16, "uint64", "GHEFCDAB", null)]
    [InlineData("serial", "holdingRegister", 20, "string", null, null)]
    [InlineData("half", "holdingRegister", 45, "float16", null, null)]
    [InlineData("fan_on", "discreteInput", 4, "bool", null, null)]
    [InlineData("valve", "coil", 0, "bool", null, null)]
    public void A_variable_of_the_register_style_becomes_a_point(string name, string table, int address, string type, string? order, double? scale)
    {
        JsonObject point = Points(Draft("register.toml"), "Cooling_tower")[name]!.AsObject();
        Assert.Equal(
            (table, address, type, order, scale),
            (point["table"]!.GetValue<string>(), point["address"]!.GetValue<int>(), point["type"]!.GetValue<string>(),
                point["wordOrder"]?.GetValue<string>(), point["scale"]?.GetValue<double>()));
        Assert.Equal("every-5000ms", point["group"]!.GetValue<string>());
    }

    [Fact]
    public void A_bit_of_a_register_keeps_its_number_and_a_text_its_length()
    {
        JsonObject points = Points(Draft("register.toml"), "Cooling_tower");
        Assert.Equal(5, points["alarm"]!["bit"]!.GetValue<int>());
        Assert.Equal(4, points["serial"]!["registers"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/inputs/modbus/0/holding_registers/12", 30, "do not follow each other")]
    [InlineData("/inputs/modbus/0/holding_registers/13", 31, "takes 2 registers, not the 1")]
    [InlineData("/inputs/modbus/0/holding_registers/14", 32, "no byte order \"ACBD\"")]
    [InlineData("/inputs/modbus/0/holding_registers/15", 33, "\"DECIMAL\" is not known")]
    [InlineData("/inputs/modbus/0/colour", 10, "not known")]
    [InlineData("/inputs/modbus/0/workarounds/read_coils_starting_at_zero", 42, "no counterpart")]
    public void What_cannot_be_is_listed_with_its_line(string path, int line, string reason)
    {
        ImportNote note = Assert.Single(Draft("register.toml").Notes, note => string.Equals(note.Path, path, StringComparison.Ordinal));
        Assert.True(note.IsLoss);
        Assert.Equal(line, note.Place.Line);
        Assert.Contains(reason, note.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_of_different_measurements_that_are_called_alike_stay_apart()
    {
        TwinDraft draft = Draft("register.toml");
        Assert.Equal("inputRegister", Points(draft, "Cooling_tower")["raw_flow"]!["table"]!.GetValue<string>());
        Assert.Contains(draft.Notes, note => !note.IsLoss && note.Reason.Contains("Cooling_tower/raw_flow", StringComparison.Ordinal));
    }

    // facts 2.11
    [Fact]
    public void Timeout_and_pauses_are_those_of_the_connection()
    {
        JsonObject connection = Draft("register.toml").Section(TwinDraft.Connections)["Cooling_tower"]!.AsObject();
        Assert.Equal("""{"endpoint":"modbus-tcp://192.0.2.40:502","requestPauseMs":20,"timeoutMs":750}""", connection.ToJsonString());
    }

    [Fact]
    public void Requests_share_a_connection_and_have_a_unit_for_each_slave()
    {
        TwinDraft draft = Draft("request.toml");
        Assert.Single(draft.Section(TwinDraft.Connections));
        Assert.Equal(["gateway-1", "gateway-2"], draft.Section(TwinDraft.Units).Select(unit => unit.Key));
        Assert.Equal(90_000, draft.Section(TwinDraft.Groups)["every-90000ms"]!["intervalMs"]!.GetValue<int>());
        Assert.Equal(["voltage", "energy", "beyond"], Points(draft, "gateway-1").Select(point => point.Key));
        Assert.Equal(["run", "second_run"], Points(draft, "gateway-2").Select(point => point.Key));
        Assert.Equal(("DCBA", "BA"), (Points(draft, "gateway-1")["energy"]!["wordOrder"]!.GetValue<string>(), Points(draft, "gateway-1")["voltage"]!["wordOrder"]!.GetValue<string>()));
    }

    // facts 6.17
    [Fact]
    public async Task What_the_module_refuses_is_listed_in_its_words_at_the_line_where_it_comes_from()
    {
        using var bench = new Bench();
        await bench.RunAsync("modbus", "import", "@request.toml");
        Assert.Contains(
            "request.toml:16:7: /inputs/modbus/0/request/0/fields/3: not taken over: address: A value of 2 registers at 65535 would reach beyond 65535, the last address.",
            bench.Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_of_a_metric_name_their_tables()
    {
        JsonObject points = Points(Draft("metric.toml"), "press");
        Assert.Equal(
            ["coil", "discreteInput", "inputRegister", "holdingRegister"],
            points.Select(point => point.Value!["table"]!.GetValue<string>()));
        Assert.Equal("every-10000ms", points["oil"]!["group"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("old_line", "modbus-rtu:///dev/ttyUSB0?baud=9600&parity=even&stopBits=1")]
    [InlineData("converter", "modbus-rtu-tcp://192.0.2.42:4001")]
    [InlineData("press", "modbus-tcp://press.example:502")]
    public void A_controller_becomes_an_endpoint(string connection, string endpoint) =>
        Assert.Equal(endpoint, Draft("metric.toml").Section(TwinDraft.Connections)[connection]!["endpoint"]!.GetValue<string>());

    [Fact]
    public void A_line_with_modbus_ascii_is_left_out_and_said_so()
    {
        TwinDraft draft = Draft("metric.toml");
        Assert.DoesNotContain(draft.Section(TwinDraft.Connections), connection => connection.Key is "oldest_line");
        Assert.Contains(draft.Notes, note => note.IsLoss && note.Reason.StartsWith("Modbus ASCII is not read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("250ms", 250)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1500)]
    [InlineData("2", 2000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Durations_are_read(string text, int? milliseconds) => Assert.Equal(milliseconds, TelegrafDuration.Parse(text));

    [Fact]
    public async Task A_file_that_is_not_toml_is_refused_with_its_line()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync("modbus", "import", "@good.json", "--from", "telegraf"));
        Assert.Contains("good.json:1:", bench.Errors, StringComparison.Ordinal);
    }

    private static JsonObject Points(TwinDraft draft, string unit) => draft.Section(TwinDraft.Points)[unit]!.AsObject();

    private static TwinDraft Draft(string fixture)
    {
        var draft = new TwinDraft();
        new TelegrafImport(draft).Read(TomlTree.Parse(File.ReadAllText(Bench.Fixture(fixture)), fixture));
        return draft;
    }
}
