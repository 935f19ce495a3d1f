namespace Sallyport.Acquisition;

/// <summary>How long to wait after failures: anything up to a limit that doubles with each failure. Full jitter, so that many who failed together do not return together.</summary>
/// <param name="first">The limit after the first failure.</param>
/// <param name="longest">The limit never exceeds this.</param>
/// <param name="random">Gives numbers from 0 up to 1; <see cref="Jitter.Next"/> in production.</param>
public sealed class BackOff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    // Beyond this the limit would overflow; any sensible longest wait is reached long before.
    private const int MaxDoublings = 30;

    /// <summary>The wait after this many failures in a row; at least 1.</summary>
    public TimeSpan Next(int failures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        double limit = Math.Min(longest.Ticks, first.Ticks * (double)(1L << Math.Min(failures - 1, MaxDoublings)));
        return new TimeSpan((long)(limit * random()));
    }
}
