using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Acquisition.Tests;

public sealed class PollClockTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_first_poll_is_due_at_once_and_the_next_after_one_interval()
    {
        var clock = new PollClock(Interval, () => 0, _time);
        Assert.Equal(0, await clock.WaitAsync(TestContext.Current.CancellationToken));

        Task<long> second = clock.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await second);
    }

    // facts 2.23
    [Fact]
    public async Task A_poll_that_takes_part_of_the_interval_does_not_move_the_next_one()
    {
        var clock = new PollClock(Interval, () => 0, _time);
        await clock.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(Interval * 0.9);

        Task<long> next = clock.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(Interval * 0.1);
        Assert.Equal(0, await next);
    }

    [Fact]
    public async Task A_poll_that_takes_too_long_is_counted_and_the_grid_stays()
    {
        var clock = new PollClock(Interval, () => 0, _time);
        await clock.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(Interval * 2.5);
        Assert.Equal(2, await clock.WaitAsync(TestContext.Current.CancellationToken));

        Task<long> onTheGrid = clock.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(Interval * 0.4);
        Assert.False(onTheGrid.IsCompleted);
        _time.Advance(Interval * 0.1);
        Assert.Equal(0, await onTheGrid);
    }

    [Theory]
    [InlineData(400, 200)]
    [InlineData(1_000, 500)]
    [InlineData(3_600_000, 500)]
    public async Task The_grid_begins_somewhere_in_the_first_interval_but_within_a_second(int intervalMs, int firstMs)
    {
        var clock = new PollClock(TimeSpan.FromMilliseconds(intervalMs), () => 0.5, _time);
        Task<long> first = clock.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(firstMs - 1));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await first);
        Assert.Equal(TimeSpan.Zero, clock.Due);

        Task<long> second = clock.WaitAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(intervalMs - 1));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await second);
        Assert.Equal(TimeSpan.FromMilliseconds(intervalMs), clock.Due);
    }

    [Fact]
    public async Task A_late_poll_is_due_at_the_grid_and_not_when_it_begins()
    {
        var clock = new PollClock(Interval, () => 0, _time);
        await clock.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(Interval * 2.5);
        await clock.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Interval * 2, clock.Due);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var clock = new PollClock(Interval, () => 0, _time);
        await clock.WaitAsync(stop.Token);
        Task<long> next = clock.WaitAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    // facts 2.23
    [Fact(Timeout = 60_000)]
    public Task Every_due_time_is_served_or_counted_whatever_the_polls_take() =>
        Gen.Int[0, 5_000].Array[1, 50].SampleAsync(async pollsInMilliseconds =>
        {
            var time = new FakeTimeProvider();
            long start = time.GetTimestamp();
            var clock = new PollClock(Interval, () => 0, time);
            long servedLate = 0;
            long skipped = 0;
            long onTime = 0;
            foreach (int poll in pollsInMilliseconds)
            {
                Task<long> wait = clock.WaitAsync(TestContext.Current.CancellationToken).AsTask();
                TimeSpan elapsed = time.GetElapsedTime(start);

                // Never zero: what is due on this very point of the grid is not waited for.
                TimeSpan toGrid = new(Interval.Ticks - (elapsed.Ticks % Interval.Ticks));
                if (!wait.IsCompleted)
                {
                    time.Advance(toGrid);
                }

                long passed = await wait;
                servedLate += passed > 0 ? 1 : 0;
                skipped += passed > 0 ? passed - 1 : 0;
                onTime += passed > 0 ? 0 : 1;
                long dueSoFar = (time.GetElapsedTime(start).Ticks / Interval.Ticks) + 1;
                Assert.Equal(dueSoFar, onTime + servedLate + skipped);
                time.Advance(TimeSpan.FromMilliseconds(poll));
            }
        });
}
