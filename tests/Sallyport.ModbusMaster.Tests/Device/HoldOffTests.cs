using Microsoft.Extensions.Time.Testing;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

public sealed class HoldOffTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void It_doubles_from_half_a_second_to_ten_seconds()
    {
        HoldOff holdOff = Create(TimeSpan.Zero);
        foreach (double seconds in (double[])[0.5, 1, 2, 4, 8, 10, 10])
        {
            holdOff.Begin();
            holdOff.Failed("cannot connect");
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.True(holdOff.Refuses(out string reason));
            Assert.Equal("cannot connect", reason);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.False(holdOff.Refuses(out _));
        }
    }

    [Fact]
    public void While_one_tries_the_others_are_refused()
    {
        HoldOff holdOff = Create(TimeSpan.Zero);
        holdOff.Begin();
        Assert.False(holdOff.Refuses(out _));
        holdOff.Failed("first");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, holdOff.Begin());
        Assert.True(holdOff.Refuses(out _));
        holdOff.End();
        Assert.False(holdOff.Refuses(out _));
    }

    [Fact]
    public void An_answer_makes_everything_good()
    {
        HoldOff holdOff = Create(TimeSpan.Zero);
        holdOff.Failed("first");
        holdOff.Failed("second");
        holdOff.Served();
        Assert.False(holdOff.Refuses(out _));
        holdOff.Failed("third");
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False(holdOff.Refuses(out _));
    }

    [Fact]
    public void The_pause_of_the_device_is_waited_for_and_refuses_nobody()
    {
        HoldOff holdOff = Create(TimeSpan.FromSeconds(20));
        holdOff.Closed();
        Assert.False(holdOff.Refuses(out _));
        Assert.Equal(TimeSpan.FromSeconds(20), holdOff.Begin());
    }

    private HoldOff Create(TimeSpan pause) => new(pause, _time, () => 1);
}
