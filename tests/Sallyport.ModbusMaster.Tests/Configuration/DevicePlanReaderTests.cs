using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CsCheck;
using Sallyport.Acquisition.Configuration;
using Sallyport.Hosting;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.TestKit;

namespace Sallyport.ModbusMaster.Tests.Configuration;

public sealed class DevicePlanReaderTests
{
    private static readonly string[] Odd = ["{}", "[]", "null", "1e999", "\"\\udc00\"", "-1", "true", "{\"a\":{}}", "\"\""];

    [Fact]
    public void The_example_is_understood()
    {
        UnitPlan unit = Assert.Single(Plans.Read(Plans.Example).Units);
        Assert.Equal("chiller-1", unit.Name);
        Assert.Equal(1, unit.UnitId);
        Assert.Equal(
            new ConnectionPlan("plant", new ModbusEndpoint.Tcp("10.0.0.5", 502), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
            unit.Connection);
        PollPlan poll = Assert.Single(unit.Polls);
        Assert.Equal(("fast", TimeSpan.FromSeconds(1)), (poll.Group, poll.Interval));
        Assert.Equal(
            new PointPlan("supply_temp", new PointAddress(ModbusTable.HoldingRegister, 0, Width: 2), new ValueFormat(DataType.Real32, WordOrder.Cdab)),
            Assert.Single(poll.Points));
    }

    [Fact]
    public void The_example_of_the_module_is_understood()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("modules", "ModbusReader", "README.md"));
        int start = readme.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        UnitPlan unit = Assert.Single(Plans.Read(readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)]).Units);
        Assert.Equal(6, unit.Polls.Sum(poll => poll.Points.Length));
    }

    [Fact]
    public void Every_key_of_a_point_has_a_row_in_the_readme_of_the_module()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("modules", "ModbusReader", "README.md"));
        Assert.All([.. FormatKeys.All, .. TransformKeys.All], key => Assert.Contains($"| `points/<unit>/<name>/{key}` |", readme, StringComparison.Ordinal));
        Assert.All(Vocabulary.Types.Keys, type => Assert.Contains($"`{type}`", readme, StringComparison.Ordinal));
        Assert.Contains("| `units/<name>/wordOrder64` |", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_be_left_out_has_its_default()
    {
        UnitPlan unit = Assert.Single(Plans.Read("""
            {"connections":{"plant":{"endpoint":"modbus-tcp://PLC.local"}},
             "units":{"u":{"connection":"plant","unitId":255,"wordOrder":"DCBA"}},
             "groups":{"g":{"intervalMs":50}},
             "points":{"u":{"p":{"group":"g","table":"coil","address":65535,"type":"bool"},
                            "q":{"group":"g","table":"inputRegister","address":65534,"type":"uint32"}}}}
            """).Units);
        Assert.Equal(
            new ConnectionPlan("plant", new ModbusEndpoint.Tcp("plc.local", 502), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)),
            unit.Connection);
        Assert.All(Assert.Single(unit.Polls).Points, point => Assert.Equal(WordOrder.Dcba, point.Format.Order));
    }

    [Fact]
    public void Nothing_to_read_is_a_valid_plan_when_it_is_said_explicitly() =>
        Assert.Empty(Plans.Read("""{"connections":{},"units":{},"groups":{},"points":{}}""").Units);

    // Each row: what is replaced in the example, by what, and the only pointer that is complained about.
    [Theory]
    [InlineData("\"connections\"", "\"conections\"", "/conections", "/connections", "/units/chiller-1/connection")]
    [InlineData("\"groups\":", "\"extra\":1,\"groups\":", "/extra")]
    [InlineData("\"timeoutMs\"", "\"timeout\"", "/connections/plant/timeout")]
    [InlineData("\"timeoutMs\":1000", "\"timeoutMs\":0", "/connections/plant/timeoutMs")]
    [InlineData("\"timeoutMs\":1000", "\"timeoutMs\":\"1000\"", "/connections/plant/timeoutMs")]
    [InlineData("\"connectTimeoutMs\":3000", "\"connectTimeoutMs\":60001", "/connections/plant/connectTimeoutMs")]
    [InlineData("modbus-tcp://10.0.0.5:502", "tcp://10.0.0.5:502", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "10.0.0.5:502", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "modbus-tcp://10.0.0.5:70000", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "modbus-tcp://10.0.0.5:0", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "modbus-tcp://10.0.0.5:502/unit", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "modbus-tcp://me:secret@10.0.0.5", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "modbus-tcp://", "/connections/plant/endpoint")]
    [InlineData("modbus-tcp://10.0.0.5:502", "", "/connections/plant/endpoint")]
    [InlineData("\"connection\":\"plant\"", "\"connection\":\"plnt\"", "/units/chiller-1/connection")]
    [InlineData("\"unitId\":1", "\"unitId\":256", "/units/chiller-1/unitId")]
    [InlineData("\"unitId\":1", "\"unitId\":-1", "/units/chiller-1/unitId")]
    [InlineData("\"unitId\":1", "\"unitId\":250", "/units/chiller-1/unitId")]
    [InlineData("\"unitId\":1", "\"unitId\":1.5", "/units/chiller-1/unitId")]
    [InlineData("\"unitId\":1,", "", "/units/chiller-1/unitId")]
    [InlineData("\"wordOrder\":\"ABCD\"", "\"wordOrder\":\"abcd\"", "/units/chiller-1/wordOrder")]
    [InlineData("\"intervalMs\":1000", "\"intervalMs\":0", "/groups/fast/intervalMs")]
    [InlineData("\"intervalMs\":1000", "\"intervalMs\":49", "/groups/fast/intervalMs")]
    [InlineData("\"intervalMs\":1000", "\"intervalMs\":3600001", "/groups/fast/intervalMs")]
    [InlineData("\"intervalMs\":1000", "\"intervalMs\":1e99", "/groups/fast/intervalMs")]
    [InlineData("\"points\":{\"chiller-1\"", "\"points\":{\"chiller-2\"", "/points/chiller-2")]
    [InlineData("\"group\":\"fast\"", "\"group\":\"slow\"", "/points/chiller-1/supply_temp/group")]
    [InlineData("\"table\":\"holdingRegister\"", "\"table\":\"holding\"", "/points/chiller-1/supply_temp/table")]
    [InlineData("\"table\":\"holdingRegister\"", "\"table\":\"coil\"", "/points/chiller-1/supply_temp/type")]
    [InlineData("\"type\":\"float32\"", "\"type\":\"bool\"", "/points/chiller-1/supply_temp/bit", "/points/chiller-1/supply_temp/wordOrder")]
    [InlineData("\"type\":\"float32\"", "\"type\":\"float64\"", "/points/chiller-1/supply_temp/wordOrder")]
    [InlineData("\"wordOrder\":\"ABCD\"", "\"wordOrder64\":\"ABCD\"", "/units/chiller-1/wordOrder64")]
    [InlineData("\"address\":0", "\"address\":70000", "/points/chiller-1/supply_temp/address")]
    [InlineData("\"address\":0", "\"address\":65535", "/points/chiller-1/supply_temp/address")]
    [InlineData("\"address\":0", "\"address\":null", "/points/chiller-1/supply_temp/address")]
    [InlineData("\"address\":0", "\"address\":0,\"address\":1", "/points/chiller-1/supply_temp/address")]
    [InlineData("\"supply_temp\":", "\"supply temp\":", "/points/chiller-1/supply temp")]
    [InlineData("\"supply_temp\":", "\"a/b~c\":", "/points/chiller-1/a~1b~0c")]
    [InlineData("\"supply_temp\":", "\"\\ud800\":", "/points/chiller-1/\uFFFD")]
    [InlineData("\"supply_temp\":", "\"Supply_Temp\":{\"group\":\"fast\",\"table\":\"coil\",\"address\":1,\"type\":\"bool\"},\"supply_temp\":", "/points/chiller-1/supply_temp")]
    [InlineData("\"chiller-1\":{\"connection\"", "\"chiller-1\":{\"connection\":\"plant\",\"unitId\":1},\"chiller-1\":{\"connection\"", "/units/chiller-1")]
    [InlineData("\"plant\":{", "\"other\":{\"endpoint\":\"modbus-tcp://10.0.0.5\"},\"plant\":{", "/connections/plant/endpoint")]
    [InlineData("{\"intervalMs\":1000}", "1000", "/groups/fast")]
    public void A_fault_is_refused_at_its_place(string good, string bad, params string[] pointers)
    {
        Assert.Contains(good, Plans.Example, StringComparison.Ordinal);
        int at = Plans.Example.IndexOf(good, StringComparison.Ordinal);
        string document = Plans.Example[..at] + bad + Plans.Example[(at + good.Length)..];
        ImmutableArray<PlanFault> faults = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(document)).Faults;
        Assert.Equal(pointers.Order(StringComparer.Ordinal), faults.Select(fault => fault.Pointer).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All(faults, fault => Assert.NotEmpty(fault.Reason));
    }

    [Fact]
    public void An_empty_document_is_refused_with_everything_that_is_missing()
    {
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge("{}"));
        Assert.Equal("/connections /units /groups /points", string.Join(' ', refused.Faults.Select(fault => fault.Pointer).Order(new Sections())));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"points\"")]
    public void What_is_no_object_is_refused_at_the_root(string document) =>
        Assert.Equal("", Assert.Single(Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(document)).Faults).Pointer);

    [Fact]
    public void All_faults_are_told_at_once()
    {
        string document = Plans.Example
            .Replace("\"unitId\":1", "\"unitId\":999", StringComparison.Ordinal)
            .Replace("\"intervalMs\":1000", "\"intervalMs\":0", StringComparison.Ordinal)
            .Replace("\"address\":0", "\"address\":70000", StringComparison.Ordinal);
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(document));
        Assert.Equal(3, refused.Faults.Length);
        Assert.Contains("70000 is not a whole number from 0 to 65535.", refused.Faults.Select(fault => fault.Reason), StringComparer.Ordinal);
    }

    [Fact]
    public void No_document_makes_the_reader_throw() =>
        Gen.Select(Gen.Int[0, Plans.Example.Length - 1], Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]))
            .Sample((at, value) =>
            {
                // Replaces the value after some colon by something else.
                int colon = Plans.Example.IndexOf(':', at);
                int end = colon < 0 ? -1 : Plans.Example.IndexOfAny([',', '}'], colon);
                if (end < 0)
                {
                    return;
                }

                try
                {
                    Plans.Judge(string.Concat(Plans.Example.AsSpan(0, colon + 1), value, Plans.Example.AsSpan(end)));
                }
                catch (JsonException)
                {
                    // Not JSON any more; such a document never comes this far.
                }
            });

    [Fact]
    public void The_order_in_which_points_are_written_does_not_matter()
    {
        PollPlan one = Plans.Of(("u", [1, 2, 3])).Units[0].Polls[0];
        PollPlan other = Plans.Of(("u", [3, 1, 2])).Units[0].Polls[0];
        Assert.True(one.IsSameWorkAs(other));
        Assert.False(one.IsSameWorkAs(Plans.Of(("u", [1, 2])).Units[0].Polls[0]));
    }

    [Fact]
    public void A_flood_of_faults_is_cut_and_counted()
    {
        string points = string.Join(",", Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"p{i}\":0")));
        string document = Plans.Example.Replace("\"supply_temp\":", points + ",\"supply_temp\":", StringComparison.Ordinal);
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(document));
        Assert.Equal(33, refused.Faults.Length);
        Assert.Equal("There are 68 more faults.", refused.Faults[^1].Reason);
    }

    private sealed class Sections : IComparer<string>
    {
        private static readonly string[] Order = ["/connections", "/units", "/groups", "/points"];

        public int Compare(string? x, string? y) => Array.IndexOf(Order, x) - Array.IndexOf(Order, y);
    }
}
