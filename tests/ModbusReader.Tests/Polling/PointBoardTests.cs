using System.Globalization;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;
using Sallyport.ModbusReader.Polling;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>The last good value of a point through the polls that bring none.</summary>
public sealed class PointBoardTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);
    private static readonly ReadFailure Silence = ReadFailure.Of(ReadOutcome.TimedOut.Instance);

    private readonly PollPlan _plan = Assert.Single(Assert.Single(Plans.Of(("u", [1, 2])).Units).Polls);
    private readonly PointBoard _board;

    public PointBoardTests() => _board = new PointBoard(_plan);

    private PlannedRead Read => Assert.Single(_plan.Reads);

    [Fact]
    public void What_never_was_good_has_no_last_value()
    {
        Assert.Equal("p1 BadTimeout, p2 BadTimeout", Poll(second: 0));
        Assert.Equal("p1 BadNoCommunication, p2 BadNoCommunication", LeftOut());
    }

    [Fact]
    public void What_is_bad_has_the_value_and_the_time_of_the_poll_that_brought_it()
    {
        Poll(second: 0, 7, 8);
        Poll(second: 1, 9, 10);
        Assert.Equal("p1 BadTimeout 9 at 1, p2 BadTimeout 10 at 1", Poll(second: 2));
    }

    [Fact]
    public void What_was_bad_before_keeps_its_last_value_and_time()
    {
        Poll(second: 0, 7, 8);
        Poll(second: 1);
        Assert.Equal("p1 BadTimeout 7 at 0, p2 BadTimeout 8 at 0", Poll(second: 2));
        Assert.Equal("p1 BadNoCommunication 7 at 0, p2 BadNoCommunication 8 at 0", LeftOut());
        Assert.Equal("p1 BadTimeout 7 at 0, p2 BadTimeout 8 at 0", Poll(second: 3));
    }

    [Fact]
    public void What_is_good_again_has_the_new_value_alone()
    {
        Poll(second: 0, 7, 8);
        Poll(second: 1);
        Assert.Equal("p1=11, p2=12", Poll(second: 2, 11, 12));
        Assert.Equal("p1 BadTimeout 11 at 2, p2 BadTimeout 12 at 2", Poll(second: 3));
    }

    private string Poll(int second, params byte[] values)
    {
        DateTimeOffset at = Start.AddSeconds(second);
        _board.Clear();
        if (values.Length > 0)
        {
            _board.Enter(Read, [.. values.SelectMany(value => (byte[])[0, value])], at);
        }
        else
        {
            _board.EnterBad(Read, Silence, at);
        }

        return Describe(_board.Finish(at, silence: null, trouble: null).Points);
    }

    private string LeftOut() => Describe(_board.LeftOut("timeout"));

    private static string Describe(IEnumerable<Point> points) => string.Join(", ", points.Select(point => point switch
    {
        { Value: { } value } => $"{point.Name}={value}",
        { LastValue: { } last } => string.Create(
            CultureInfo.InvariantCulture, $"{point.Name} {point.Status.Symbol} {last} at {(point.LastAt!.Value - Start).TotalSeconds}"),
        _ => $"{point.Name} {point.Status.Symbol}",
    }));
}
