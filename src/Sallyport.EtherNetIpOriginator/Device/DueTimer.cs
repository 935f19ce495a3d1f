namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>One timer for all the time limits of a session. It is set only when it has to fire earlier than it would anyway, not for each request.</summary>
/// <remarks>Guarded by the lock of its session.</remarks>
internal sealed class DueTimer : IDisposable
{
    private const double MinWaitMs = 1;

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _firesAt = long.MaxValue;

    public DueTimer(TimeProvider time, Action fired)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((Action)state!)(), fired, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>It has fired, and is not set now.</summary>
    public void Fired() => _firesAt = long.MaxValue;

    /// <summary>Sees to it that it fires at this timestamp at the latest.</summary>
    public void FireAt(long due)
    {
        if (due < _firesAt)
        {
            _firesAt = due;
            double waitMs = (due - _time.GetTimestamp()) * 1000.0 / _time.TimestampFrequency;
            _timer.Change(TimeSpan.FromMilliseconds(Math.Max(MinWaitMs, Math.Ceiling(waitMs))), Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
