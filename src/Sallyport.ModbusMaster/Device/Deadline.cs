namespace Sallyport.ModbusMaster.Device;

/// <summary>A time limit that is armed and disarmed for each request of a connection, without allocating.</summary>
/// <remarks>Armed and disarmed by one caller at a time; expires on a thread of the timer.</remarks>
internal sealed class Deadline : IDisposable
{
    private const int Idle = 0;
    private const int Armed = 1;
    private const int Expired = 2;

    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly TimeSpan _limit;
    private readonly Action _expired;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _armedAt;
    private int _state;

    /// <summary>Creates the limit, not armed.</summary>
    /// <param name="limit">Its length.</param>
    /// <param name="expired">Called at most once for each time it is armed, before <see cref="HasExpired"/> is seen by others.</param>
    /// <param name="time">The clock.</param>
    public Deadline(TimeSpan limit, Action expired, TimeProvider time)
    {
        (_limit, _expired, _time) = (limit, expired, time);
        _timer = time.CreateTimer(
            static state => ((Deadline)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the limit passed while it was armed.</summary>
    public bool HasExpired => Volatile.Read(ref _state) == Expired;

    public void Arm()
    {
        Volatile.Write(ref _armedAt, _time.GetTimestamp());
        Volatile.Write(ref _state, Armed);
        _timer.Change(_limit, Timeout.InfiniteTimeSpan);
    }

    public void Disarm()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Armed) == Armed)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        // A call that was meant for the request before, or one that came a little early, must not end this one.
        TimeSpan left = _limit - _time.GetElapsedTime(Volatile.Read(ref _armedAt));
        if (left > TimeSpan.Zero)
        {
            _timer.Change(left + TimerResolution, Timeout.InfiniteTimeSpan);
        }
        else if (Interlocked.CompareExchange(ref _state, Expired, Armed) == Armed)
        {
            _expired();
        }
    }
}
