using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Ctl.Modbus;
using Sallyport.Hosting;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.TestKit;

namespace Sallyport.Ctl.Tests.Modbus;

/// <summary>What docs/operations/modbus.md shows is what the module accepts and the command line understands.</summary>
public sealed partial class OperatorsGuideTests
{
    private static readonly string Guide = File.ReadAllText(RepositoryRoot.Combine("docs", "operations", "modbus.md"));

    public static TheoryData<string, string> Examples => [.. Example.Matches(Guide).Select(match => (match.Groups["title"].Value, match.Groups["json"].Value))];

    public static TheoryData<string> Commands => [.. Command.Matches(Guide).Select(match => match.Groups["arguments"].Value).Distinct(StringComparer.Ordinal)];

    [Fact]
    public void There_are_the_four_examples_that_plants_ask_for() => Assert.Equal(4, Examples.Count);

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_accepted_by_the_module(string title, string json)
    {
        PlanReading<DevicePlan> reading = PlanVerdict.Read(JsonElement.Parse(json));
        string faults = reading is PlanReading<DevicePlan>.Refused refused ? string.Join('\n', refused.Faults) : "";
        Assert.Equal((title, ""), (title, faults));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_that_it_names_can_be_parsed(string arguments)
    {
        using var bench = new Bench();
        Assert.Empty(CommandTree.Build(bench.Surroundings).Parse(arguments).Errors);
    }

    [GeneratedRegex("### (?<title>[^\n]+)\n(?:(?!###)[^`]|`(?!``))*```json\n(?<json>[^`]+)```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Example { get; }

    [GeneratedRegex("sallyportctl (?<arguments>modbus (read|scan|import|validate) [^`\n]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Command { get; }
}
