using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.Telemetry;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>What a point is after a read that somebody else made.</summary>
public sealed class PointReadingTests
{
    private static readonly UnitPlan Unit = Plans.Read(Plans.WithPoints("""
        "power":{"group":"fast","table":"holdingRegister","address":10,"type":"int16","scaleFrom":"sf","nullValues":[-32768]},
        "sf":{"group":"fast","table":"holdingRegister","address":12,"type":"int16"},
        "speed":{"group":"fast","table":"holdingRegister","address":14,"type":"uint16","scale":0.5}
        """)).Units[0];

    private static readonly ReadRequest Request = new(ModbusTable.HoldingRegister, 10, 5);

    private static PointPlan Point(string name) => Unit.Polls[0].Points.First(point => string.Equals(point.Name, name, StringComparison.Ordinal));

    private static ValueOutcome Raw(string name, string registers) => PointReading.RawOf(Point(name), Request, ReadOutcome.Good.Instance, Convert.FromHexString(registers));

    private static ValueOutcome Value(string name, string registers)
    {
        PointPlan? scale = PointReading.ScaleOf(Unit, Point(name));
        return PointReading.ValueOf(Point(name), Raw(name, registers), scale, scale is null ? default : Raw(scale.Name, registers));
    }

    [Fact]
    public void A_point_lies_where_its_address_is_within_the_request() =>
        Assert.Equal(PointValue.FromInt64(7), Raw("speed", "0001 0000 0000 0000 0007".Replace(" ", "", StringComparison.Ordinal)).Value);

    // facts 6.24
    [Theory]
    [InlineData("power", "30390000FFFE00000000", "123.45")]
    [InlineData("power", "30390000000100000000", "123450")]
    [InlineData("speed", "00000000000000000007", "3.5")]
    public void What_is_told_is_scaled(string name, string registers, string value) => Assert.Equal(value, Value(name, registers).Value.ToString());

    [Fact]
    public void What_means_that_there_is_no_value_needs_no_scale() =>
        Assert.Equal((StatusCode.BadNoData, "not available"), (Value("power", "80000000000000000000").Status, Value("power", "80000000000000000000").Reason));

    [Fact]
    public void A_read_without_data_says_why_and_so_does_a_point_whose_scale_was_not_read()
    {
        ValueOutcome silent = PointReading.RawOf(Point("sf"), Request, ReadOutcome.TimedOut.Instance, []);
        Assert.Equal((StatusCode.BadTimeout, "timeout"), (silent.Status, silent.Reason));
        ValueOutcome told = PointReading.ValueOf(Point("power"), Raw("power", "30390000FFFE00000000"), Point("sf"), silent);
        Assert.Equal((StatusCode.BadTimeout, "no scale: timeout"), (told.Status, told.Reason));
    }

    [Fact]
    public void Only_a_point_that_names_one_has_a_scale()
    {
        Assert.Equal("sf", PointReading.ScaleOf(Unit, Point("power"))?.Name);
        Assert.Null(PointReading.ScaleOf(Unit, Point("speed")));
    }
}
