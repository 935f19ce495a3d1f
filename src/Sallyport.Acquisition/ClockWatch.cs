namespace Sallyport.Acquisition;

/// <summary>Notices when the host's clock was set: it went on by another time than the clock that nobody sets.</summary>
/// <remarks>Both are slowed and sped up alike by time synchronisation, so that only a jump makes a difference. Not for parallel use.</remarks>
public sealed class ClockWatch(AcquisitionMetrics metrics, TimeProvider time)
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What is not told from the imprecision of reading two clocks.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

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
        bool hasStepped = step.Duration() > Tolerance;
        if (hasStepped)
        {
            metrics.ClockStepped();
        }

        return hasStepped;
    }
}
