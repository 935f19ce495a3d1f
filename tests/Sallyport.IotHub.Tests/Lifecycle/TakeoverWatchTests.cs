using Sallyport.IotHub.Lifecycle;

namespace Sallyport.IotHub.Tests.Lifecycle;

public sealed class TakeoverWatchTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    private readonly TakeoverWatch _watch = new();

    [Fact]
    public void Three_closures_in_a_row_are_suspicious()
    {
        Assert.Equal((false, false), _watch.Closed(Short));
        Assert.Equal((false, false), _watch.Closed(Short));
        Assert.Equal((true, true), _watch.Closed(Short));
        Assert.Equal((true, false), _watch.Closed(Short));
        Assert.Equal((true, false), _watch.Closed(Short));
        Assert.Equal((true, true), _watch.Closed(Short));
    }

    [Fact]
    public void A_broker_that_restarts_refuses_an_attempt_and_is_not_suspicious()
    {
        for (int restart = 0; restart < 10; restart++)
        {
            Assert.Equal((false, false), _watch.Closed(Short));
            _watch.Calm();
        }
    }

    [Fact]
    public void A_connection_that_held_was_not_contested()
    {
        _watch.Closed(Short);
        _watch.Closed(Short);

        Assert.Equal((false, false), _watch.Closed(TakeoverWatch.Uncontested));
    }
}
