namespace Sallyport.Acquisition;

/// <summary>The due times of one poll group: the first within a moment, then one per interval on a fixed grid, so that small delays never add up.</summary>
/// <param name="interval">From one due time to the next.</param>
/// <param name="random">Gives numbers from 0 up to 1: where in the first interval, but within <see cref="LongestFirstWait"/>, the grid begins. It keeps groups that start
/// together from polling together for ever.</param>
/// <param name="time">The clock.</param>
/// <remarks>For one loop. A poll that takes longer than the interval delays the next one; due times that passed meanwhile are counted, not caught up.</remarks>
public sealed class PollClock(TimeSpan interval, Func<double> random, TimeProvider time)
{
    /// <summary>People who start a reader see its values within this time.</summary>
    public static readonly TimeSpan LongestFirstWait = TimeSpan.FromSeconds(1);

    private long? _start;
    private TimeSpan _first;
    private long _next;

    /// <summary>The due time that is served now, on the grid, from its beginning.</summary>
    public TimeSpan Due => interval * Math.Max(0, _next - 1);

    /// <summary>Waits for the next due time.</summary>
    /// <returns>How many due times passed since the last call returned, before this call: 0 unless the poll was too slow. The last of them is served now, late.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<long> WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_start is null)
        {
            _start = time.GetTimestamp();
            _first = random() * (interval < LongestFirstWait ? interval : LongestFirstWait);
        }

        TimeSpan elapsed = time.GetElapsedTime(_start.Value) - _first;
        TimeSpan due = new(interval.Ticks * _next);
        if (_next > 0 && elapsed > due)
        {
            long latest = elapsed.Ticks / interval.Ticks;
            long passed = latest - _next + 1;
            _next = latest + 1;
            return passed;
        }

        if (due > elapsed)
        {
            await Task.Delay(due - elapsed, time, cancellationToken);
        }

        _next++;
        return 0;
    }
}
