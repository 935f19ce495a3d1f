using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Sallyport.Ctl.Modbus;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus import</c> from and to points tables.</summary>
public sealed class PointsImportTests
{
    [Fact]
    public async Task A_table_becomes_the_points_of_a_twin()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "import", "@points.csv"));
        Golden.Match("import-points.json", bench.Output);
        Golden.Match("import-points.txt", bench.Errors);
    }

    [Fact]
    public async Task From_a_table_to_json_and_back_the_points_are_the_same()
    {
        using var folder = new TemporaryFolder();
        await ImportAsync(Bench.Fixture("points.csv"), folder["points.json"]);
        await ImportAsync(folder["points.json"], folder["again.csv"]);
        Assert.Equal(DocumentOf(Bench.Fixture("points.csv")), DocumentOf(folder["again.csv"]));
        await ImportAsync(folder["again.csv"], folder["again.json"]);
        Assert.Equal(await File.ReadAllTextAsync(folder["points.json"], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(folder["again.json"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_written_file_is_shown_with_what_the_twin_has_to_say_of_it_and_is_valid()
    {
        using var folder = new TemporaryFolder();
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "import", "@points.csv", "--out", folder["points.json"]));
        Assert.StartsWith($"{folder["points.json"]} is written.\nFor the twin, once the file is in the module's folder: \"pointsFile\": {{\"path\":\"points.json\"", bench.Output, StringComparison.Ordinal);
        using var valid = new Bench();
        Assert.Equal(ExitCode.Good, await valid.RunAsync("modbus", "validate", folder["points.json"]));
    }

    [Fact]
    public async Task A_table_with_faults_is_not_taken_over_at_all_and_each_fault_has_its_line()
    {
        using var folder = new TemporaryFolder();
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "import", "@bad-points.csv", "--out", folder["points.json"]));
        Assert.False(File.Exists(folder["points.json"]));
        Assert.Empty(bench.Output);
        Assert.Contains("bad-points.csv:2: column \"address\": 70000 is not a whole number from 0 to 65535.\n", bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machines_get_the_points_in_one_document()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "import", "@points.csv", "--json"));
        JsonElement report = JsonElement.Parse(bench.Output);
        Assert.Equal(5, report.GetProperty("points").GetInt32());
        Assert.Equal(40101, report.GetProperty("document").GetProperty("pump").GetProperty("pressure").GetProperty("address").GetInt32());
        Assert.Contains("on the wire its address would be 100", report.GetProperty("warnings")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@register.toml")]
    [InlineData("@iot-edge-modbus.json")]
    public async Task The_points_of_another_reader_can_go_to_a_table_and_the_twin_names_it(string foreign)
    {
        using var folder = new TemporaryFolder();
        using var whole = new Bench();
        ExitCode code = await whole.RunAsync("modbus", "import", foreign);
        using var bench = new Bench();
        Assert.Equal(code, await bench.RunAsync("modbus", "import", foreign, "--out", folder["points.csv"]));
        string twin = folder.Write("twin.json", bench.Output);
        using var valid = new Bench();
        Assert.Equal(ExitCode.Good, await valid.RunAsync("modbus", "validate", twin, "--json"));
        Assert.Equal(Number(await PollsOfAsync(folder.Write("whole.json", whole.Output))), Number(JsonElement.Parse(valid.Output)));

        static int Number(JsonElement report) => report.GetProperty("polls").EnumerateArray().Sum(poll => poll.GetProperty("points").GetInt32());
    }

    [Fact]
    public async Task The_points_of_a_twin_go_to_a_table_and_the_rest_of_the_twin_is_kept()
    {
        using var folder = new TemporaryFolder();
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "import", "@good.json", "--out", folder["points.csv"]));
        string twin = folder.Write("twin.json", bench.Output);
        Assert.Equal(PlanOf(await File.ReadAllTextAsync(Bench.Fixture("good.json"), TestContext.Current.CancellationToken)), PlanOf(twin, new PointsFolder(Path.GetDirectoryName(twin)!)));
    }

    [Fact]
    public async Task A_twin_that_is_too_large_is_told_the_way_out_and_the_way_works()
    {
        using var folder = new TemporaryFolder();
        string points = string.Join(',', Enumerable.Range(0, 600).Select(i => $$"""
            "point_number_{{i}}": { "group": "g", "table": "holdingRegister", "address": {{i}}, "type": "uint16" }
            """));
        string file = folder.Write("large.json", $$"""
            {
              "connections": { "c": { "endpoint": "modbus-tcp://192.0.2.10" } }, "units": { "u": { "connection": "c", "unitId": 1 } },
              "groups": { "g": { "intervalMs": 1000 } }, "points": { "u": { {{points}} } }
            }
            """);
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "import", file, "--out", folder["points.csv"]));
        using var valid = new Bench();
        Assert.Equal(ExitCode.Good, await valid.RunAsync("modbus", "validate", folder.Write("small.json", bench.Output)));
        Assert.Contains("600", valid.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_for_a_twin_is_said_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        string fields = string.Join(",\n", Enumerable.Range(0, 900).Select(i => $$"""{ name = "field_{{i}}", byte_order = "AB", data_type = "UINT16", scale = 1.0, address = [{{i}}] }"""));
        string file = folder.Write("telegraf.toml", $"[[inputs.modbus]]\nname = \"large\"\nslave_id = 1\ntimeout = \"1s\"\ncontroller = \"tcp://192.0.2.10:502\"\nholding_registers = [\n{fields}\n]\n");
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "import", file));
        Assert.Contains("at most 32768 are possible. With --out points.csv the points get a file of their own", bench.Errors, StringComparison.Ordinal);
        using var apart = new Bench();
        Assert.Equal(ExitCode.Good, await apart.RunAsync("modbus", "import", file, "--out", folder["points.csv"]));
    }

    // The module takes 200,000 points; a plant that has half of them must not wait for its spreadsheet.
    [Fact(Timeout = 120_000)]
    public async Task A_table_of_100_000_points_is_imported_with_progress_for_who_looks_on()
    {
        using var folder = new TemporaryFolder();
        var table = new StringBuilder("device,name,group,table,address,type\r\n");
        for (int i = 0; i < 100_000; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"machine-{i / 5000:D2},value_{i % 5000:D4},g,holdingRegister,{i % 5000 * 2},float32\r\n");
        }

        string file = folder.Write("points.csv", table.ToString());
        using var bench = new Bench { IsInteractive = true, IsTerminal = true };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "import", file, "--out", folder["points.json"]));
        Assert.Contains("100000 points of 20 units were taken over.", bench.Errors, StringComparison.Ordinal);
        await ImportAsync(folder["points.json"], folder["again.csv"]);
        Assert.Equal(table.ToString(), await File.ReadAllTextAsync(folder["again.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Progress_goes_forward_and_says_what_it_is_at()
    {
        var calls = new List<(double Part, string Place)>();
        PointsVerdict verdict = PointsVerdict.Of(PointsFile.Of("points.csv", File.ReadAllBytes(Bench.Fixture("points.csv"))), (part, place) => calls.Add((part, place)));
        Assert.NotNull(verdict.Plan);
        Assert.Equal(calls.Select(call => call.Part).Order(), calls.Select(call => call.Part));
        Assert.Equal(["its lines", "its 5 points", "what the module says to its 5 points"], calls.Select(call => call.Place));
    }

    [Fact]
    public void Whatever_a_table_can_hold_comes_back_from_json()
    {
        Gen<string> text = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Int[0, 8].Select(i => ",;\"=\\\n é€"[i])), 1, 12];
        Gen.Select(text, Gen.Int[0, 65535], text).Array[1, 8].Sample(
            rows =>
            {
                var members = rows.Select((row, i) => $$"""
                    "p{{i}}": { "group": {{JsonSerializer.Serialize(row.Item1)}}, "address": {{row.Item2}}, "enum": { "1": {{JsonSerializer.Serialize(row.Item3)}} } }
                    """);
                JsonElement points = JsonElement.Parse($$"""{ "u": { {{string.Join(',', members)}} } }""");
                var csv = new ArrayBufferWriter<byte>();
                Assert.Empty(PointTableWriter.Write(points, csv));
                var read = (PointTableReading.Read)PointTableReader.Read(csv.WrittenMemory);
                var again = (PointTableReading.Read)PointDocumentReader.Read(PointsDocument.Write(read.Table.ToElement()));
                return JsonElement.DeepEquals(points, again.Table.ToElement());
            },
            iter: 300);
    }

    private static async Task ImportAsync(string from, string to)
    {
        using var bench = new Bench();
        Assert.True(await bench.RunAsync("modbus", "import", from, "--out", to) is ExitCode.Good, bench.Errors);
    }

    private static async Task<JsonElement> PollsOfAsync(string file)
    {
        using var bench = new Bench();
        await bench.RunAsync("modbus", "validate", file, "--json");
        return JsonElement.Parse(bench.Output);
    }

    private static string DocumentOf(string csv) =>
        Encoding.UTF8.GetString(((PointTableReading.Read)PointTableReader.Read(File.ReadAllBytes(csv))).Table.Json.Span);

    private static string PlanOf(string twin) => Said(new DevicePlanReader().Read(JsonElement.Parse(twin)));

    private static string PlanOf(string file, PointsFolder folder) => Said(new PointsFilePlanReader(folder).Read(JsonElement.Parse(File.ReadAllText(file))));

    private static string Said(PlanReading<DevicePlan> reading) => string.Join('\n', ((PlanReading<DevicePlan>.Accepted)reading).Plan.Units.SelectMany(
        unit => unit.Polls.SelectMany(poll => poll.Points.Select(point => $"{unit.Name} {unit.UnitId} {poll.Group} {point}"))));
}
