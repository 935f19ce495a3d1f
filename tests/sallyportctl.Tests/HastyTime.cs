namespace Sallyport.Ctl.Tests;

/// <summary>A clock on which every wait is over at once, and which remembers how long it would have been.</summary>
internal sealed class HastyTime : TimeProvider
{
    private long _waited;

    public TimeSpan Waited => TimeSpan.FromTicks(Volatile.Read(ref _waited));

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Waited;

    public override long GetTimestamp() => Volatile.Read(ref _waited);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _waited, Math.Max(dueTime.Ticks, 0));
        return System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period == Timeout.InfiniteTimeSpan ? period : TimeSpan.FromMilliseconds(1));
    }
}
