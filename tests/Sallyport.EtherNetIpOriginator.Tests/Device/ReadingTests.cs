using System.Globalization;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;
using static Sallyport.EtherNetIpOriginator.Tests.Device.ControllerBench;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>What a group reads from controllers of both families.</summary>
public sealed class ReadingTests
{
    private static readonly (string Tag, CipDataType Type, string Value)[] OfLogix =
    [
        ("Pump", CipDataType.Bool, "true"), ("Valve", CipDataType.Bool, "false"), ("Offset", CipDataType.Sint, "-100"), ("Torque", CipDataType.Int, "-30000"),
        ("Position", CipDataType.Dint, "-2000000000"), ("Total", CipDataType.Lint, "-9000000000000000000"), ("Retries", CipDataType.Usint, "200"),
        ("Port", CipDataType.Uint, "44818"), ("Serial", CipDataType.Udint, "4000000000"), ("Ratio", CipDataType.Real, "0.1"),
        ("Pi", CipDataType.Lreal, "3.141592653589793"), ("Flags.0", CipDataType.Bool, "true"), ("Flags.1", CipDataType.Bool, "false"),
        ("Flags.31", CipDataType.Bool, "true"), ("Alarms[0]", CipDataType.Bool, "true"), ("Alarms[1]", CipDataType.Bool, "false"),
        ("Alarms[31]", CipDataType.Bool, "true"), ("Alarms[36]", CipDataType.Bool, "true"), ("Alarms[40]", CipDataType.Bool, "false"),
        ("Counts[1999]", CipDataType.Dint, "1998993"), ("Curve[3]", CipDataType.Real, "0.75"), ("Cube[1,2,3]", CipDataType.Int, "23"),
        ("Grid[4,5]", CipDataType.Dint, "841"), ("Titles[2]", CipDataType.String, "T2"), ("BatchName", CipDataType.String, "Batch 0"),
        ("Motor1.Running", CipDataType.Bool, "false"), ("Motor1.Tripped", CipDataType.Bool, "true"), ("Motor1.Starts", CipDataType.Int, "1001"),
        ("Motors[3].EnergyWh", CipDataType.Lint, "5000000003"), ("Recipe1.Title", CipDataType.String, "Pilsner"), ("Recipe1.Setpoints[7]", CipDataType.Real, "10.5"),
        ("Recipe1.Motors[1].Speed", CipDataType.Real, "2110.5"), ("Program:Main.Step", CipDataType.Int, "7"), ("Program:Main.Buffer[15]", CipDataType.Dint, "85"),
        ("Program:Main.Drive.Starts", CipDataType.Int, "1009"), ("Limit", CipDataType.Dint, "900"), ("Local:1:I", CipDataType.Dint, "85"),
    ];

    private static readonly (string Tag, CipDataType Type, string Value)[] OfMicro =
    [
        ("Running", CipDataType.Bool, "true"), ("Tripped", CipDataType.Bool, "false"), ("Trim", CipDataType.Sint, "-5"), ("Speed", CipDataType.Int, "1480"),
        ("Setpoint", CipDataType.Dint, "7500"), ("Total", CipDataType.Lint, "5000000000"), ("Level", CipDataType.Usint, "200"), ("Code", CipDataType.Uint, "60000"),
        ("Delay", CipDataType.Time, "1500"), ("Gain", CipDataType.Lreal, "0.25"), ("Inputs[0]", CipDataType.Bool, "true"), ("Inputs[19]", CipDataType.Bool, "false"),
        ("History[299]", CipDataType.Dint, "3289"), ("Operator", CipDataType.ShortString, "Hello"), ("Messages[3]", CipDataType.ShortString, "ddd"),
        ("StartDelay.ET", CipDataType.Time, "1234"),
    ];

    [Theory]
    [InlineData("", false)]
    [InlineData("1,0", false)]
    [InlineData("1,0", true)]
    [InlineData("", true)]
    public async Task Every_type_of_a_CompactLogix_is_learned_and_read(string route, bool isUnconnected)
    {
        await using ControllerBench bench = Logix(plan => plan with { Route = Route(route), Unconnected = isUnconnected });
        await AllAsync(bench, OfLogix);
        Assert.Empty(bench.Plant.Device.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_type_of_a_Micro850_is_learned_and_read(bool isUnconnected)
    {
        await using ControllerBench bench = Micro(plan => plan with { Unconnected = isUnconnected });
        await AllAsync(bench, OfMicro);
        Assert.Equal(0, bench.Counted("forward_open_refusals"));
    }

    [Fact]
    public async Task Types_that_are_given_are_compared_and_another_one_is_no_value()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Controller.Prepare([Tag("Pump", CipDataType.Bool), Tag("Ratio", CipDataType.Dint), Tag("Alarms[36]", CipDataType.Bool), Tag("Counts[3]", CipDataType.Real)]);
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal(
                ["true", "BadConfigurationError: the tag is REAL, not DINT: change the type, or leave it out", "true", "BadConfigurationError: the tag is DINT, not REAL: change the type, or leave it out"],
                await ReadAsync(group));
        }
    }

    [Fact]
    public async Task Five_hundred_tags_are_packed_into_a_few_frames_and_fewer_still_by_their_numbers()
    {
        await using ControllerBench bench = Logix();
        string[] names = [.. Enumerable.Range(0, 500).Select(station => string.Create(CultureInfo.InvariantCulture, $"Station{station:000}_Count"))];
        ITagGroup group = bench.Prepare(names);
        await ReadAsync(group);
        await ReadAsync(group);
        Assert.InRange(group.RequestCount, 2, 5);
        int byName = group.RequestCount;
        string[] values = await ReadUntilAsync(group, () => group.RequestCount < byName);
        for (int station = 0; station < values.Length; station++)
        {
            Assert.Equal(station, int.Parse(values[station], CultureInfo.InvariantCulture) / 1000);
        }
    }

    [Fact]
    public async Task Neighbouring_elements_are_one_request()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare([.. Enumerable.Range(0, 600).Select(i => string.Create(CultureInfo.InvariantCulture, $"Counts[{i}]")), "Alarms[0]", "Alarms[36]", "Alarms[37]"]);
        await ReadAsync(group);
        await ReadAsync(group);
        string[] values = await ReadAsync(group);
        Assert.Equal(1, group.RequestCount);
        Assert.Equal(Enumerable.Range(0, 600).Select(i => ((i * 1000L) - 7).ToString(CultureInfo.InvariantCulture)), values[..600]);
        Assert.Equal(["true", "true", "true"], values[600..]);
    }

    [Fact]
    public async Task Members_of_a_structure_are_read_with_the_whole_of_it_once_its_definition_is_known()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare("Motor1.Running", "Motor1.Tripped", "Motor1.Starts", "Motor1.EnergyWh", "Recipe1.Number", "Recipe1.Title", "Recipe1.Setpoints[2]", "Recipe1.Motors[0].Tripped");
        string[] first = await ReadAsync(group);
        await ReadUntilAsync(group, () => bench.Controller.Memory.Symbols is not null);
        Assert.Equal(first, await ReadAsync(group));
        Assert.Equal(["false", "true", "1001", "5000000001", "17", "Pilsner", "3", "false"], first);
        Assert.Equal(2, ((TagGroup)group).ItemCount);
    }

    [Fact]
    public async Task A_structure_that_does_not_fit_comes_in_parts()
    {
        await using ControllerBench bench = Logix(plan => plan with { ConnectionSize = 120 });
        ITagGroup group = bench.Prepare("Recipe1.Number", "Recipe1.Title", "Recipe1.Setpoints[2]", "Recipe1.Setpoints[3]", "Recipe1.Motors[0].Tripped", "Recipe1.Motors[1].Speed");
        string[] values = await ReadUntilAsync(group, () => ((TagGroup)group).ItemCount == 1);
        Assert.Equal(["17", "Pilsner", "3", "4.5", "false", "2110.5"], values);
    }

    [Fact]
    public async Task A_missing_tag_is_asked_for_rarely_and_holds_up_nothing()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare("Pump", "Nothing", "Counts[2000]", "Torque");
        string[] values = await ReadAsync(group);
        Assert.Equal("true", values[0]);
        Assert.StartsWith("BadNodeIdUnknown: 0x0", values[1], StringComparison.Ordinal);
        Assert.StartsWith("BadNodeIdUnknown: the array has no such element", values[2], StringComparison.Ordinal);
        Assert.Equal("-30000", values[3]);
        Assert.Equal(values, await ReadAsync(group));
        Assert.Equal(2, ((TagGroup)group).ItemCount);
        Assert.Equal(2, bench.Counted("quarantines"));
        bench.Time.Advance(TimeSpan.FromSeconds(61));
        values = await ReadAsync(group);
        Assert.Equal("true", values[0]);
        Assert.All(values[1..3], value => Assert.StartsWith("BadNodeIdUnknown: 0x0", value, StringComparison.Ordinal));
        await ReadAsync(group);
        bench.Time.Advance(TimeSpan.FromSeconds(61));
        await ReadAsync(group);
        Assert.Equal(2, ((TagGroup)group).ItemCount);
        Assert.Equal(2, bench.Counted("quarantines"));
    }

    [Fact]
    public async Task A_member_without_access_is_refused_and_the_others_are_read_one_by_one()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare("Safe1.Open", "Safe1.Code", "Secret", "Limit");
        await ReadUntilAsync(group, () => bench.Controller.Memory.Symbols is not null);
        string[] values = await ReadAsync(group);
        Assert.Equal("1", values[0]);
        Assert.Contains("External Access", values[1], StringComparison.Ordinal);
        Assert.Contains("External Access", values[2], StringComparison.Ordinal);
        Assert.Equal("900", values[3]);
        Assert.Equal(values, await ReadAsync(group));
    }

    [Fact]
    public async Task A_structure_itself_is_no_value()
    {
        await using ControllerBench bench = Logix();
        Assert.Equal(["BadConfigurationError: the tag is a structure: name one of its members"], await ReadAsync(bench.Prepare("Motor1")));
    }

    [Fact]
    public async Task After_a_download_numbers_are_stale_and_tags_are_read_by_name()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare("Station000_Count", "Station001_Count", "Motor1.Starts", "Motor1.EnergyWh");
        await ReadUntilAsync(group, () => bench.Controller.Memory.Symbols is not null);
        await ReadAsync(group);
        bench.Plant.Device.Download();
        for (int round = 0; round < 3; round++)
        {
            string[] values = await ReadAsync(group);
            Assert.Equal("1001", values[2]);
            Assert.InRange(int.Parse(values[1], CultureInfo.InvariantCulture), 1000, 1999);
        }

        await ReadUntilAsync(group, () => bench.Controller.Memory.Symbols is not null);
    }

    [Fact]
    public async Task What_a_round_has_a_value_of_is_not_asked_for_again_when_the_rest_needs_another_way()
    {
        await using ControllerBench bench = Logix();
        ITagGroup group = bench.Prepare("PartNumber", "Alarms[0]", "Alarms[40]", "BatchName");
        string first = (await ReadAsync(group))[0];
        string second = (await ReadAsync(group))[0];
        Assert.Equal(int.Parse(first, CultureInfo.InvariantCulture) + 1, int.Parse(second, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_stop_ends_no_round_that_has_begun()
    {
        await using ControllerBench bench = Logix(plan => plan with { ConnectionSize = 200 });
        ITagGroup group = bench.Prepare([.. OfLogix.Select(one => one.Tag)]);

        // The list of tags is read over the same connection.
        await ReadUntilAsync(group, () => bench.Controller.Memory.Symbols is not null);
        await ReadAsync(group);
        using var stop = new CancellationTokenSource();
        var values = new ValueOutcome[OfLogix.Length];
        ValueTask<RoundOutcome> round = group.ReadAsync(values, stop.Token);
        await stop.CancelAsync();
        Assert.IsType<RoundOutcome.Read>(await round);
        Assert.DoesNotContain(values, value => value.Value is null);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => group.ReadAsync(values, stop.Token).AsTask());
    }

    [Fact]
    public async Task Without_leave_to_use_numbers_tags_are_read_by_name()
    {
        await using ControllerBench bench = Logix(plan => plan with { UsesInstanceNumbers = false });
        ITagGroup group = bench.Prepare("Station000_Count", "Motor1.Starts", "Motor1.EnergyWh");
        await ReadUntilAsync(group, () => bench.Controller.Memory.Symbols is not null);
        Assert.False(bench.Controller.Memory.Capabilities.HasInstanceAddressing);
        bench.Plant.Device.Download();
        string[] values = await ReadAsync(group);
        Assert.InRange(int.Parse(values[0], CultureInfo.InvariantCulture), 0, 999);
        Assert.Equal("1001", values[1]);
    }

    [Fact]
    public async Task Several_connections_serve_several_groups_and_the_frames_of_one()
    {
        await using ControllerBench bench = Logix(plan => plan with { Connections = 3, ConnectionSize = 200 });
        ITagGroup[] groups = [.. Enumerable.Range(0, 4).Select(_ => bench.Prepare([.. OfLogix.Select(one => one.Tag)]))];
        string[][] values = await Task.WhenAll(groups.Select(ReadAsync));
        Assert.All(values, one => Assert.Equal(OfLogix.Select(tag => tag.Value), one));
        Assert.Equal(3, bench.Plant.Device.Connections.Count);
        Assert.Equal(1, bench.Plant.Accepted);
    }

    private static async Task AllAsync(ControllerBench bench, (string Tag, CipDataType Type, string Value)[] tags)
    {
        ITagGroup group = bench.Prepare([.. tags.Select(tag => tag.Tag)]);
        for (int round = 0; round < 4; round++)
        {
            Assert.Equal(tags.Select(tag => $"{tag.Tag} {tag.Value}"), tags.Zip(await ReadAsync(group), (tag, value) => $"{tag.Tag} {value}"));
            Assert.Equal(tags.Select(tag => $"{tag.Tag} {tag.Type}"), tags.Zip(group.Types.ToArray(), (tag, type) => $"{tag.Tag} {type}"));
        }
    }
}
