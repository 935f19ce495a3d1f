namespace Sallyport.Hosting;

/// <summary>Notices when the host's clock was set: it went on by another time than the clock that nobody sets.</summary>
/// <remarks>Both are slowed and sped up alike by time synchronisation, so that only a jump makes a difference. Not for parallel use.</remarks>
/// <param name="tolerance">A step up to this is none: more than the imprecision of reading two clocks.</param>
/// <param name="time">Both clocks.</param>
public sealed class ClockWatch(TimeSpan tolerance, TimeProvider time)
{
    // Two clocks cannot be read at once; a thread that was held up between them would see a step that is none.
    private static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(50);

    private DateTimeOffset _utc = time.GetUtcNow();
    private long _timestamp = time.GetTimestamp();

    /// <summary>Looks whether the clock was set since the last look. A look that took too long to be exact is left to the next one.</summary>
    /// <param name="step">By how much; negative if it was set back.</param>
    public bool HasStepped(out TimeSpan step)
    {
        step = default;
        (long before, DateTimeOffset utc, long timestamp) = (time.GetTimestamp(), time.GetUtcNow(), time.GetTimestamp());
        if (time.GetElapsedTime(before, timestamp) > Precision)
        {
            return false;
        }

        step = utc - _utc - time.GetElapsedTime(_timestamp, timestamp);
        (_utc, _timestamp) = (utc, timestamp);
        return step.Duration() > tolerance;
    }
}
