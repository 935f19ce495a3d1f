using Sallyport.Hosting;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Configuration;

public sealed class UnitLimitsTests
{
    private const string P1 = "\"p1\":{\"group\":\"g\",\"table\":\"holdingRegister\",\"address\":10,\"type\":\"uint16\"}";

    [Fact]
    public void Nobody_is_asked_who_it_is_unless_its_unit_says_so()
    {
        Assert.False(Assert.Single(Plans.Of(("u", [1])).Units).WantsIdentification);
        Assert.True(Assert.Single(Plans.Read(WithIdentify("true")).Units).WantsIdentification);
        var refused = Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(WithIdentify("\"yes\"")));
        Assert.Equal("/units/u/identify", Assert.Single(refused.Faults).Pointer);
    }

    [Fact]
    public void Without_limits_the_specification_counts() => Assert.Equal(ReadLimits.Default, LimitsOf(""));

    [Fact]
    public void All_limits_are_understood() => Assert.Equal(
        new ReadLimits
        {
            MaxCoils = 1,
            MaxDiscreteInputs = 2000,
            MaxHoldingRegisters = 120,
            MaxInputRegisters = 16,
            MaxGap = 0,
            Coalesce = false,
            Align = 2,
            BitsFromZero = true,
            Holes = new AddressHoles([new(ModbusTable.HoldingRegister, 100, 119), new(ModbusTable.Coil, 7, 7)]),
        },
        LimitsOf("""
            "maxCoils":1,"maxDiscreteInputs":2000,"maxHoldingRegisters":120,"maxInputRegisters":16,"maxGap":0,"coalesce":false,"align":2,"bitsFromZero":true,
            "holes":[{"table":"coil","from":7,"to":7},{"table":"holdingRegister","from":100,"to":119}]
            """));

    [Theory]
    [InlineData("\"maxRegisters\":1", "/maxRegisters")]
    [InlineData("\"maxCoils\":2001", "/maxCoils")]
    [InlineData("\"maxDiscreteInputs\":0", "/maxDiscreteInputs")]
    [InlineData("\"maxHoldingRegisters\":126", "/maxHoldingRegisters")]
    [InlineData("\"maxInputRegisters\":0", "/maxInputRegisters")]
    [InlineData("\"maxGap\":-1", "/maxGap")]
    [InlineData("\"coalesce\":0", "/coalesce")]
    [InlineData("\"align\":0", "/align")]
    [InlineData("\"bitsFromZero\":\"true\"", "/bitsFromZero")]
    [InlineData("\"holes\":{}", "/holes")]
    [InlineData("\"holes\":[]", "/holes")]
    [InlineData("\"holes\":[{\"table\":\"coil\",\"from\":7,\"to\":6}]", "/holes/0/to")]
    [InlineData("\"holes\":[{\"table\":\"coil\",\"from\":7,\"to\":7},{\"table\":\"coils\",\"from\":0,\"to\":0}]", "/holes/1/table")]
    [InlineData("\"holes\":[{\"table\":\"coil\",\"from\":0,\"to\":0,\"why\":1}]", "/holes/0/why")]
    public void A_fault_is_refused_at_its_place(string limits, string pointer) =>
        Assert.Equal("/units/u/limits" + pointer, FaultOf(limits, P1).Pointer);

    // facts 2.9, 6.11, 6.12, 6.13, 6.15
    [Theory]
    [InlineData("\"maxHoldingRegisters\":1", "holdingRegister", 10, "float32", "allow 1 from 10 on")]
    [InlineData("\"align\":20,\"maxHoldingRegisters\":16", "holdingRegister", 36, "uint16", "allow 16 from 20 on")]
    [InlineData("\"bitsFromZero\":true,\"maxCoils\":16", "coil", 16, "bool", "allow 16 from 0 on")]
    [InlineData("\"holes\":[{\"table\":\"holdingRegister\",\"from\":11,\"to\":11}]", "holdingRegister", 10, "float32", "would touch a hole")]
    [InlineData("\"align\":2,\"holes\":[{\"table\":\"holdingRegister\",\"from\":10,\"to\":10}]", "holdingRegister", 11, "uint16", "would touch a hole")]
    public void A_point_that_the_limits_do_not_let_be_read_is_refused(string limits, string table, int address, string type, string reason)
    {
        PlanFault fault = FaultOf(limits, FormattableString.Invariant(
            $"\"p1\":{{\"group\":\"g\",\"table\":\"{table}\",\"address\":{address},\"type\":\"{type}\"}}"));
        Assert.Equal("/points/u/p1/address", fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    // facts 6.14
    [Theory]
    [InlineData("", "inputRegister", 11, "holdingRegister")]
    [InlineData("", "holdingRegister", 135, "from 10 to 135")]
    [InlineData("\"maxHoldingRegisters\":5", "holdingRegister", 15, "in one request (5)")]
    [InlineData("\"holes\":[{\"table\":\"holdingRegister\",\"from\":12,\"to\":13}]", "holdingRegister", 15, "across a hole")]
    public void An_atomic_group_that_no_request_can_bring_is_refused(string limits, string table, int address, string reason)
    {
        PlanFault fault = FaultOf(limits, Atomic("p1", "holdingRegister", 10) + "," + Atomic("p2", table, address));
        Assert.Equal("/points/u/p2/atomic", fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_atomic_group_is_read_with_one_request()
    {
        string points = Atomic("p1", "holdingRegister", 10) + "," + Atomic("p2", "holdingRegister", 110);
        PollPlan poll = Assert.Single(Assert.Single(Plans.Read(Document("\"maxGap\":0", points)).Units).Polls);
        Assert.Equal("holdingRegister 10..110", Assert.Single(poll.Reads).Request.ToString());
    }

    [Fact]
    public void An_atomic_name_is_a_text() =>
        Assert.Equal("/points/u/p1/atomic", FaultOf("", P1.Replace("\"address\":10", "\"address\":10,\"atomic\":\"\"", StringComparison.Ordinal)).Pointer);

    [Fact]
    public void Other_limits_are_other_work() => Assert.False(
        Plans.Read(Document("", P1)).Units[0].Polls[0].IsSameWorkAs(Plans.Read(Document("\"maxGap\":1", P1)).Units[0].Polls[0]));

    private static string Atomic(string name, string table, int address) => FormattableString.Invariant(
        $"\"{name}\":{{\"group\":\"g\",\"table\":\"{table}\",\"address\":{address},\"type\":\"uint16\",\"atomic\":\"clock\"}}");

    private static string WithIdentify(string value) =>
        Plans.JsonFor(("u", [1])).Replace("\"unitId\":1", $"\"unitId\":1,\"identify\":{value}", StringComparison.Ordinal);

    private static ReadLimits LimitsOf(string limits) =>
        Assert.Single(Assert.Single(Plans.Read(Document(limits, P1)).Units).Polls).Limits;

    private static PlanFault FaultOf(string limits, string points) =>
        Assert.Single(Assert.IsType<PlanReading<DevicePlan>.Refused>(Plans.Judge(Document(limits, points))).Faults);

    private static string Document(string limits, string points) => $$$"""
        {"connections":{"c":{"endpoint":"modbus-tcp://plc"}},
         "units":{"u":{"connection":"c","unitId":1,"limits":{ {{{limits}}} } } },
         "groups":{"g":{"intervalMs":1000}},
         "points":{"u":{ {{{points}}} } } }
        """;
}
