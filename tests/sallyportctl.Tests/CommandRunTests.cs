using System.Text.Json;

namespace Sallyport.Ctl.Tests;

/// <summary>The frame of the command: help, wrong usage, exit codes.</summary>
public sealed class CommandRunTests
{
    [Theory]
    [InlineData()]
    [InlineData("modbus")]
    [InlineData("modbus", "write")]
    [InlineData("modbus", "validate")]
    [InlineData("modbus", "validate", "@good.json", "--nonsense")]
    [InlineData("modbus", "read", "192.0.2.1", "--count", "zero")]
    [InlineData("modbus", "read", "192.0.2.1", "--address", "0", "--table", "registers")]
    [InlineData("modbus", "import", "@good.json", "--from", "excel")]
    public async Task Wrong_usage_ends_with_2_and_says_how_it_goes_on_standard_error_alone(params string[] arguments)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync(arguments));
        Assert.Empty(bench.Output);
        Assert.Contains("--help\" says how it goes.", bench.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modbus", "validate", "nowhere.json")]
    [InlineData("modbus", "validate", "@manifest.json", "--module", "Other")]
    [InlineData("modbus", "validate", "@manifest.json", "--set", "NAME")]
    [InlineData("modbus", "read", "--address", "0")]
    [InlineData("modbus", "read", "192.0.2.1:99999")]
    [InlineData("modbus", "read", "192.0.2.1", "--address", "65535", "--count", "2")]
    [InlineData("modbus", "read", "192.0.2.1", "--unit", "248")]
    [InlineData("modbus", "read", "192.0.2.1", "--connection", "speed=1")]
    [InlineData("modbus", "read", "192.0.2.1", "--type", "number")]
    [InlineData("modbus", "read", "--plan", "@bad.json")]
    [InlineData("modbus", "read", "--plan", "@good.json", "--point", "meter/nothing")]
    [InlineData("modbus", "scan", "192.0.2.1", "--unit", "1-300")]
    [InlineData("modbus", "scan", "192.0.2.1", "--from", "9", "--to", "8")]
    [InlineData("modbus", "scan", "192.0.2.1", "--pause", "0")]
    [InlineData("modbus", "scan", "192.0.2.1", "--block", "126")]
    [InlineData("modbus", "import", "@good.json")]
    [InlineData("modbus", "read", "--plan", "@points.csv")]
    [InlineData("modbus", "read", "192.0.2.1", "--registers", "4")]
    [InlineData("modbus", "import", "@with-points-file.json", "--out", "points-of-nobody.csv")]
    [InlineData("modbus", "import", "@broken.json")]
    [InlineData("modbus", "import", "@broken.json", "--from", "modbus-reader", "--out", "points-of-nobody.csv")]
    [InlineData("modbus", "import", "@fetched-twin.json", "--from", "modbus-reader")]
    public async Task What_cannot_be_done_ends_with_2_and_one_line_that_says_what_to_do(params string[] arguments)
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync([.. arguments, "--json"]));
        Assert.Empty(bench.Output);
        string line = Assert.Single(bench.Errors.TrimEnd('\n').Split('\n'), line => line.StartsWith("sallyportctl: ", StringComparison.Ordinal));
        Assert.True(line.Length > 40, line);
    }

    [Fact]
    public async Task Help_is_no_error_and_names_the_exit_codes()
    {
        using var bench = new Bench();
        Assert.Equal(ExitCode.Good, await bench.RunAsync("--help"));
        Assert.Contains("Exit code: 0", bench.Output, StringComparison.Ordinal);
        Assert.Contains("modbus", bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modbus", "validate", "@good.json")]
    [InlineData("modbus", "validate", "@bad.json")]
    [InlineData("modbus", "validate", "@broken.json")]
    [InlineData("modbus", "import", "@iot-edge-modbus.json")]
    [InlineData("modbus", "import", "@register.toml")]
    [InlineData("modbus", "import", "@points.csv")]
    [InlineData("modbus", "import", "@bad-points.csv")]
    [InlineData("modbus", "validate", "@points.csv")]
    [InlineData("modbus", "validate", "@with-bad-points-file.json")]
    public async Task With_json_standard_output_is_one_document(params string[] arguments)
    {
        using var bench = new Bench();
        await bench.RunAsync([.. arguments, "--json"]);
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(bench.Output).ValueKind);
    }

    [Fact]
    public async Task No_verb_has_a_word_for_writing()
    {
        using var bench = new Bench();
        await bench.RunAsync("modbus", "--help");
        Assert.DoesNotContain("write ", bench.Output, StringComparison.OrdinalIgnoreCase);
    }
}
