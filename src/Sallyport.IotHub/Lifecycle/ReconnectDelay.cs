namespace Sallyport.IotHub.Lifecycle;

/// <summary>How long to wait before the next attempt: exponential with full jitter, so that a fleet does not come back in step.</summary>
/// <param name="first">Upper bound of the first wait.</param>
/// <param name="longest">Upper bound of every wait.</param>
/// <param name="random">Gives numbers from 0 to below 1.</param>
internal sealed class ReconnectDelay(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _failures;

    /// <summary>The next wait: anything from zero to the bound, which doubles each time.</summary>
    public TimeSpan Next()
    {
        TimeSpan ceiling = Ceiling();
        if (ceiling < longest)
        {
            _failures++;
        }

        return ceiling * random();
    }

    /// <summary>Starts over, after a connection that held.</summary>
    public void Reset() => _failures = 0;

    private TimeSpan Ceiling()
    {
        TimeSpan ceiling = first * (1L << _failures);
        return ceiling < longest ? ceiling : longest;
    }
}
