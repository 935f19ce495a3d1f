using Microsoft.Extensions.Time.Testing;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private int _expired;

    [Fact]
    public void It_expires_once_when_the_limit_has_passed()
    {
        using Deadline deadline = Create();
        deadline.Arm();
        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(deadline.HasExpired);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(deadline.HasExpired);
        _time.Advance(Limit * 10);
        Assert.Equal(1, _expired);
    }

    [Fact]
    public void It_does_not_expire_after_it_was_disarmed()
    {
        using Deadline deadline = Create();
        deadline.Arm();
        _time.Advance(Limit / 2);
        deadline.Disarm();
        _time.Advance(Limit * 10);
        Assert.Equal(0, _expired);
    }

    [Fact]
    public void Each_time_it_is_armed_the_whole_limit_counts()
    {
        using Deadline deadline = Create();
        for (int i = 0; i < 5; i++)
        {
            deadline.Arm();
            _time.Advance(Limit * 0.9);
            deadline.Disarm();
        }

        Assert.Equal(0, _expired);
    }

    private Deadline Create() => new(Limit, () => _expired++, _time);
}
