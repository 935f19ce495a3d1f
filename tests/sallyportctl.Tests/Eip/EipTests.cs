using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.EtherNetIpReader.Tests;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.Ctl.Tests.Eip;

/// <summary><c>eip identify</c>, <c>eip browse</c>, <c>eip read</c>, <c>eip validate</c>.</summary>
public sealed class EipTests
{
    private const string Host = "10.0.0.20";

    [Theory]
    [InlineData("eip-identify.txt", false, false)]
    [InlineData("eip-identify-terminal.txt", true, false)]
    [InlineData("eip-identify.json", false, true)]
    public async Task Who_a_controller_is_comes_with_what_to_write(string golden, bool isTerminal, bool isJson)
    {
        using Bench bench = Reaching(_ => { }, isTerminal);
        Assert.Equal(ExitCode.Good, await bench.RunAsync(["eip", "identify", Host, "--path", "1,0", .. Json(isJson)]));
        Golden.Match(golden, bench.Output);
    }

    // facts 20: an adapter names itself.
    [Fact]
    public async Task An_adapter_in_front_of_the_controller_is_pointed_out()
    {
        using Bench bench = Reaching(controller => controller.Identify = () => Task.FromResult<IdentifyOutcome>(new IdentifyOutcome.Identified(
            new IdentityObject(1, 12, 166, new DeviceRevision(10, 7), new IdentityStatus(0), 0xC0FFEE, "1756-EN2T/D"))));
        Assert.Equal(ExitCode.Good, await bench.RunAsync("eip", "identify", Host));
        Assert.Contains("This is an adapter, not the controller behind it: add --path", bench.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identify")]
    [InlineData("browse")]
    [InlineData("read", "Speed")]
    public async Task A_controller_that_is_not_reached_is_an_error_that_says_what_to_look_at(params string[] verb)
    {
        using Bench bench = Reaching(controller =>
        {
            controller.Identify = () => Task.FromResult<IdentifyOutcome>(new IdentifyOutcome.NotReached("no answer within 5000 ms", IsConnectionDown: true));
            controller.Always(new RoundOutcome.Silent("no answer within 5000 ms", IsConnectionDown: true));
        });
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(["eip", verb[0], Host, .. verb[1..]]));
        Assert.Contains("no answer within 5000 ms. Is the host right and TCP port 44818 open on the way?", bench.Output + bench.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eip-browse.txt")]
    [InlineData("eip-browse-terminal.txt", "terminal")]
    [InlineData("eip-browse.json", "--json")]
    [InlineData("eip-browse-filter.txt", "--filter", "rec")]
    [InlineData("eip-browse-twin.json", "--twin")]
    public async Task Tags_are_listed(string golden, params string[] options)
    {
        using Bench bench = Reaching(Listing, isTerminal: options is ["terminal"]);
        Assert.Equal(ExitCode.Good, await bench.RunAsync(["eip", "browse", Host, "--path", "1,0", .. options.Where(option => option is not "terminal")]));
        Golden.Match(golden, bench.Output);
    }

    [Fact]
    public async Task What_is_listed_for_the_twin_is_taken_by_the_module()
    {
        using Bench bench = Reaching(Listing);
        await bench.RunAsync("eip", "browse", Host, "--twin");
        SourcePlan source = Assert.Single(Assert.IsType<PlanReading<EtherNetIpPlan>.Accepted>(
            new EtherNetIpPlanReader().Read(JsonElement.Parse(bench.Output))).Plan.Sources);
        Assert.Equal((ushort?)94, source.Controller.Key.ProductCode);
        Assert.Contains("8 points; 3 tags are left out", bench.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_without_a_list_is_an_error_that_says_what_works_all_the_same()
    {
        using Bench bench = Reaching(_ => { });
        Assert.Equal(ExitCode.Problems, await bench.RunAsync("eip", "browse", Host));
        Assert.Contains("it has no list. \"eip read\" reads a tag whose name you know.", bench.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eip-read.txt", false)]
    [InlineData("eip-read.json", true)]
    public async Task Tags_are_read_with_their_types_and_what_fails_is_a_problem(string golden, bool isJson)
    {
        using Bench bench = Reaching(Valued);
        Assert.Equal(ExitCode.Problems, await bench.RunAsync(["eip", "read", Host, "Speed", "Alarms.3", "Recipe.Name", "Nothing", .. Json(isJson)]));
        Golden.Match(golden, bench.Output);
        using Bench good = Reaching(Valued);
        Assert.Equal(ExitCode.Good, await good.RunAsync("eip", "read", Host, "Speed"));
    }

    [Theory]
    [InlineData("Line1..Speed: At character 7", "eip", "read", Host, "Line1..Speed")]
    [InlineData("path: A Micro800 has no backplane", "eip", "identify", Host, "--path", "1,0", "--family", "micro800")]
    [InlineData("host: It is neither a host name nor an IP address", "eip", "browse", "a b")]
    [InlineData("path: Part 1 of", "eip", "identify", Host, "--path", "x,0")]
    public async Task What_is_wrong_on_the_command_line_is_said_in_the_words_of_the_module(string reason, params string[] arguments)
    {
        using Bench bench = Reaching(_ => { });
        Assert.Equal(ExitCode.WrongUsage, await bench.RunAsync(arguments));
        Assert.Contains(reason, bench.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eip-validate-good.txt", "@eip-good.json", ExitCode.Good, false)]
    [InlineData("eip-validate-good.json", "@eip-good.json", ExitCode.Good, true)]
    [InlineData("eip-validate-bad.txt", "@eip-bad.json", ExitCode.Problems, false)]
    [InlineData("eip-validate-bad.json", "@eip-bad.json", ExitCode.Problems, true)]
    internal async Task A_plan_is_judged_as_the_module_would(string golden, string file, ExitCode expected, bool isJson)
    {
        using var bench = new Bench();
        Assert.Equal(expected, await bench.RunAsync(["eip", "validate", file, .. Json(isJson)]));
        Golden.Match(golden, bench.Output);
    }

    private static Bench Reaching(Action<ScriptedController> prepare, bool isTerminal = false) => new()
    {
        IsTerminal = isTerminal,
        OpenController = plan =>
        {
            var controller = new ScriptedController(plan, TimeProvider.System);
            prepare(controller);
            return controller;
        },
    };

    private static string[] Json(bool isJson) => isJson ? ["--json"] : [];

    private static void Valued(ScriptedController controller)
    {
        controller.Set("Speed", CipDataType.Real, PointValue.FromSingle(1.5f));
        controller.Set("Alarms.3", CipDataType.Dint, PointValue.FromBoolean(true));
        controller.Set("Recipe.Name", CipDataType.String, PointValue.FromText("Rye 4"));
    }

    private static void Listing(ScriptedController controller) => controller.Browse = () => Task.FromResult<BrowseOutcome>(new BrowseOutcome.Browsed(new TagList(
        [
            Tag("Speed", 0xCA), Tag("Zones", 0x20C3, [8]), Tag("Grid", 0x40C4, [4, 5]), Tag("Flags", 0x20D3, [2]), Tag("Title", 0x8FCE),
            Tag("Recipe", 0x8100), Tag("Recipes", 0xA100, [10]), Tag("Secret", 0xC4) with { Symbol = Tag("Secret", 0xC4).Symbol with { Access = ExternalAccess.None } },
            Tag("__hidden", 0xC4), Tag("Count", 0xC4) with { Program = "Main" },
        ],
        new Dictionary<ushort, StructureTemplate>
        {
            [0x100] = new(0x100, "RecipeType", 0x1234, 16,
            [
                new StructureMember("Step", new SymbolType(0xC4), 0, 0),
                new StructureMember("ZZZZZZZZZZRecipeType1", new SymbolType(0xC2), 0, 4),
                new StructureMember("Running", new SymbolType(0xC1), 0, 4),
                new StructureMember("Times", new SymbolType(0x20C3), 3, 6),
            ]),
            [0xFCE] = new(0xFCE, "STRING", 0x0FCE, 88,
            [
                new StructureMember("LEN", new SymbolType(0xC4), 0, 0),
                new StructureMember("DATA", new SymbolType(0x20C2), 82, 4),
            ]),
        })));

    private static BrowsedTag Tag(string name, int type, ImmutableArray<uint> dimensions = default) => new(
        Program: null, new SymbolEntry(1, name, new SymbolType((ushort)type), dimensions.IsDefault ? [] : dimensions, IsAlias: false, ExternalAccess.ReadWrite));
}
