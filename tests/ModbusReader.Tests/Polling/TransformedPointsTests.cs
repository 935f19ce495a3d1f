using Sallyport.Acquisition.Polling;
using Sallyport.ModbusReader.Polling;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>From the reply to what is told. Each register of the scripted device holds its own address.</summary>
public sealed class TransformedPointsTests : IAsyncDisposable
{
    private readonly GroupBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Values_are_transformed_as_the_plan_says() => Assert.Equal(
        "bit=true bound=5 scaled=1.2 state=running text=AB wide=281483566841860",
        await DescribeAsync(Reader(
            Point("scaled", 12, "\"type\":\"uint16\",\"scale\":0.1"),
            Point("bound", 9, "\"type\":\"uint16\",\"clamp\":{\"max\":5}"),
            Point("state", 3, "\"type\":\"uint16\",\"enum\":{\"3\":\"running\"}"),
            Point("bit", 8, "\"type\":\"bool\",\"bit\":3"),
            Point("wide", 1, "\"type\":\"uint64\""),
            Point("text", 0x4142, "\"type\":\"string\",\"registers\":1"))));

    // Facts 6.21: and what the value was before is told with its own time.
    [Fact]
    public async Task A_reserved_number_is_a_bad_point_with_the_last_value()
    {
        GroupReader reader = Reader(Point("p", 7, "\"type\":\"uint16\",\"nullValues\":[65535]"));
        DateTimeOffset before = (await GroupBench.ReadAsync(reader)).Timestamp;
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        _bench.Master.Register = _ => 0xFFFF;
        PollResult result = await GroupBench.ReadAsync(reader);
        Point point = Assert.Single(result.Points);
        Assert.Equal((StatusCode.BadNoData, "not available", 1), (point.Status, point.Reason, result.BadCount));
        Assert.Equal((PointValue.FromInt64(7), before), (point.LastValue, point.LastAt));
        Assert.Null(result.Trouble);
    }

    // Facts 6.24.
    [Theory]
    [InlineData(2)]
    [InlineData(700)]
    public async Task A_scale_from_the_same_poll_counts_whatever_the_order_of_the_requests(int scaleAddress)
    {
        _bench.Master.Register = address => address == scaleAddress ? unchecked((ushort)-2) : address;
        Assert.Equal("p=5 sf=-2", await DescribeAsync(Scaled(scaleAddress)));
    }

    [Fact]
    public async Task A_scale_that_cannot_be_read_makes_the_point_bad()
    {
        _bench.Master.Refuse(code: 2, 700);
        Assert.Equal("p=BadNodeIdUnknown(no scale: exception 2, asked again at 10:16:00Z) sf=BadNodeIdUnknown(exception 2, asked again at 10:16:00Z)", await DescribeAsync(Scaled(700)));
    }

    [Fact]
    public async Task A_scale_that_is_not_available_makes_the_point_bad()
    {
        _bench.Master.Register = address => address == 700 ? (ushort)0x8000 : address;
        Assert.Equal("p=BadNoData(no scale: not available) sf=BadNoData(not available)", await DescribeAsync(Scaled(700)));
    }

    [Fact]
    public async Task A_scale_of_an_earlier_poll_is_never_used()
    {
        GroupReader reader = Scaled(700);
        await GroupBench.ReadAsync(reader);
        _bench.Master.Register = address => address == 700 ? (ushort)1 : address;
        Assert.Equal("p=5000 sf=1", await DescribeAsync(reader));
        _bench.Master.Refuse(code: 4, 700);
        Assert.Equal("p=BadDeviceFailure(no scale: exception 4) sf=BadDeviceFailure(exception 4)", await DescribeAsync(reader));
    }

    [Fact]
    public async Task Digits_that_are_none_are_a_bad_point() => Assert.Equal(
        "bad=BadOutOfRange(not a decimal digit) good=742",
        await DescribeAsync(Reader(Point("good", 0x742, "\"type\":\"bcd16\""), Point("bad", 0x74A, "\"type\":\"bcd16\""))));

    private static string Point(string name, int address, string members) =>
        $"\"{name}\":{{\"group\":\"fast\",\"table\":\"holdingRegister\",\"address\":{address},{members}}}";

    private static async Task<string> DescribeAsync(GroupReader reader) => GroupBench.Describe(await GroupBench.ReadAsync(reader));

    private GroupReader Scaled(int scaleAddress) => Reader(
        Point("p", 500, "\"type\":\"uint16\",\"scaleFrom\":\"sf\""),
        Point("sf", scaleAddress, "\"type\":\"int16\",\"nullValues\":[-32768]"));

    private GroupReader Reader(params string[] points) => _bench.Reader(Plans.Read(Plans.WithPoints(string.Join(',', points))));
}
