using Sallyport.Simulator.Faults;
using Sallyport.Simulator.Terminal;

namespace Sallyport.Simulator.Tests.Terminal;

public sealed class CommandLineTests
{
    [Fact]
    public void Without_arguments_it_runs_until_it_is_stopped()
    {
        var options = Run();
        Assert.Null(options.Duration);
        Assert.False(options.IsCheck || options.IsHubDevelopment || options.IsJson);
        Assert.Empty(options.Faults);
    }

    [Fact]
    public void Every_option_is_read()
    {
        var options = Run(
            "--manifest", "m.json", "--duration", "20", "--check", "--fault", "uplink-cut:5s", "--fault", "edgehub-restart@3s", "--hubdev",
            "--modbus", "plc.example:502", "--module", "A=/a", "--module", "B=/b=c", "--set", "X=1", "--state", "/s", "--start-offline", "500ms", "--json", "--uplink", "direct");
        Assert.Equal(("m.json", "plc.example:502", "/s"), (options.ManifestFile, options.ModbusDevice, options.StateFolder));
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(500)), (options.Duration, options.OfflineFor));
        Assert.True(options.IsCheck && options.IsHubDevelopment && options.IsJson && options.IsUplinkDirect);
        Assert.Equal([new Fault.UplinkCut(TimeSpan.FromSeconds(5)), new Fault.EdgeHubRestart(TimeSpan.Zero)], options.Faults.Select(fault => fault.Fault));
        Assert.Equal(("/a", "/b=c", "1"), (options.Programs["A"], options.Programs["B"], options.Placeholders["X"]));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_given_whatever_else_is_asked(string name) =>
        Assert.IsType<CommandLineReading.Help>(CommandLine.Read(["--check", name]));

    [Theory]
    [InlineData("--nonsense", "--nonsense is not an option; --help lists them")]
    [InlineData("plant", "plant is not an option; --help lists them")]
    [InlineData("--duration", "--duration needs a value")]
    [InlineData("--duration soon", "--duration: \"soon\" is not a time above zero such as 20s or 500ms")]
    [InlineData("--duration 0", "--duration: \"0\" is not a time above zero such as 20s or 500ms")]
    [InlineData("--start-offline -1", "--start-offline: \"-1\" is not a time above zero such as 20s or 500ms")]
    [InlineData("--modbus 10.0.0.5", "--modbus: \"10.0.0.5\" is not HOST:PORT")]
    [InlineData("--modbus host:70000", "--modbus: \"host:70000\" is not HOST:PORT")]
    [InlineData("--module ModbusReader", "--module: \"ModbusReader\" is not NAME=VALUE")]
    [InlineData("--set =x", "--set: \"=x\" is not NAME=VALUE")]
    [InlineData("--uplink modem", "--uplink: \"modem\" is neither direct nor edgeHub")]
    [InlineData("--fault revoke-device:5s", "--fault revoke-device:5s befalls the device that SecureBuffer is past edgeHub: add --uplink direct")]
    [InlineData("--fault flood", "--fault: \"flood\" is not a fault; there are")]
    public void What_is_not_understood_is_named(string arguments, string reason) =>
        Assert.StartsWith(reason, Assert.IsType<CommandLineReading.Wrong>(CommandLine.Read(arguments.Split(' '))).Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("--manifest")]
    [InlineData("--duration")]
    [InlineData("--check")]
    [InlineData("--fault")]
    [InlineData("--hubdev")]
    [InlineData("--modbus")]
    [InlineData("--module")]
    [InlineData("--set")]
    [InlineData("--state")]
    [InlineData("--start-offline")]
    [InlineData("--uplink")]
    [InlineData("--json")]
    [InlineData("--help")]
    public void Every_option_is_in_the_help_text(string name) => Assert.Contains($"  {name} ", CommandLine.Help, StringComparison.Ordinal);

    private static SimulatorOptions Run(params string[] arguments) =>
        Assert.IsType<CommandLineReading.Run>(CommandLine.Read(arguments)).Options;
}
