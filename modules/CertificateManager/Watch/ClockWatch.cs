namespace Sallyport.CertificateManager.Watch;

/// <summary>Compares the time of day with a clock that nobody can set. Not thread safe.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private long _then = time.GetTimestamp();
    private DateTimeOffset _saidThen = time.GetUtcNow();

    /// <summary>By how much the time of day was set since the last call; null if it was not, or by five minutes at most.</summary>
    public TimeSpan? Look()
    {
        var timestamp = time.GetTimestamp();
        DateTimeOffset says = time.GetUtcNow();
        TimeSpan step = says - _saidThen - time.GetElapsedTime(_then, timestamp);
        (_then, _saidThen) = (timestamp, says);
        return step.Duration() > Tolerance ? step : null;
    }

    /// <summary>By how much the time of day is before a moment that is known to be over; null if it is not, or by five minutes at most.</summary>
    public TimeSpan? Behind(DateTimeOffset over)
    {
        TimeSpan behind = over - time.GetUtcNow();
        return behind > Tolerance ? behind : null;
    }
}
