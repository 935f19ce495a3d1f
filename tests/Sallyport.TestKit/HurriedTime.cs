namespace Sallyport.TestKit;

/// <summary>A clock on which pauses of up to ten seconds are over at once, and longer time limits last as long as they say: for code that pauses between its
/// attempts at a peer which needs real time for its answer, however busy the machine.</summary>
public sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime <= LongestPause && dueTime != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : dueTime, period);
}
