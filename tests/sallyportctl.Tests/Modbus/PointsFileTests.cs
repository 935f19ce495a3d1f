using System.Security.Cryptography;
using System.Text.Json;
using Sallyport.ModbusMaster.Tables;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary><c>modbus validate</c> of points files, and of twins that name one.</summary>
public sealed class PointsFileTests
{
    [Fact]
    public async Task A_good_table_is_shown_with_its_costs_and_with_what_the_twin_has_to_say_of_it()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@points.csv"));
        Golden.Match("validate-points.txt", bench.Output);
    }

    [Fact]
    public async Task On_a_terminal_it_is_drawn_while_somebody_sees_the_progress()
    {
        using var bench = new Bench { IsTerminal = true, IsInteractive = true };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@points.csv"));
        Golden.Match("validate-points-terminal.txt", bench.Output);
    }

    [Fact]
    public async Task Machines_get_the_same()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@points.csv", "--json"));
        Golden.Match("validate-points.json", bench.Output);
    }

    // facts 2.20
    [Fact]
    public async Task Every_fault_of_a_table_has_its_line_and_its_column()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@bad-points.csv"));
        Golden.Match("validate-bad-points.txt", bench.Output);
    }

    [Fact]
    public async Task A_table_that_cannot_be_understood_has_its_lines_too()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@broken-points.csv"));
        Assert.Equal(
            """
            broken-points.csv: the module would refuse this and go on with what it has.
            broken-points.csv:2: column "address": "0x10" is not a whole number.
            broken-points.csv:3: There are 5 cells, and 6 titles in the first line.

            """,
            bench.Output);
    }

    [Fact]
    public async Task A_twin_is_judged_together_with_the_points_file_beside_it()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", "@with-points-file.json"));
        Golden.Match("validate-with-points-file.txt", bench.Output);
    }

    [Fact]
    public async Task A_fault_in_the_points_file_is_told_with_the_name_of_the_file_and_its_line()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", "@with-bad-points-file.json", "--json"));
        Assert.Contains(
            """bad-points.csv, line 2, column "address": 70000 is not a whole number from 0 to 65535.""",
            JsonElement.Parse(bench.Output).GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("@with-other-points-file.json", "7:5: /pointsFile/sha256: The file has ")]
    [InlineData("@with-no-points-file.json", "6:5: /pointsFile/path: There is no file elsewhere.csv beside with-no-points-file.json")]
    public async Task A_points_file_that_is_missing_or_another_one_is_refused_with_what_to_do(string file, string words)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("modbus", "validate", file));
        Assert.Contains(words, bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_of_a_points_file_can_be_read()
    {
        PaperDevice device = PaperDevice.WithRegisters(0, 0x8000, 0x4366);
        using var bench = new Bench { Open = _ => device };
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "read", "--plan", "@with-points-file.json", "--point", "meter/voltage"));
        Assert.Contains("230.5 V", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_that_is_shown_is_that_of_the_file()
    {
        using var bench = new Bench();
        await bench.RunAsync("modbus", "validate", "@points.csv", "--json");
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Bench.Fixture("points.csv"), TestContext.Current.CancellationToken)));
        Assert.Equal(sha256, JsonElement.Parse(bench.Output).GetProperty("pointsFile").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_table_under_a_name_that_the_module_would_not_take_is_valid_and_the_name_is_pointed_out()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("my points (2).csv", await File.ReadAllTextAsync(Bench.Fixture("points.csv"), TestContext.Current.CancellationToken));
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("modbus", "validate", file));
        Assert.Contains($"the name my points (2).csv: {PointsFileName.Rule}.", bench.Output, StringComparison.Ordinal);
    }
}
