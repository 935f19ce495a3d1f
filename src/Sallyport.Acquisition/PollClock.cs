namespace Sallyport.Acquisition;

/// <summary>The due times of one poll group: the first at once, then one per interval on a fixed grid, so that small delays never add up.</summary>
/// <remarks>For one loop. A poll that takes longer than the interval delays the next one; due times that passed meanwhile are counted, not caught up.</remarks>
public sealed class PollClock(TimeSpan interval, TimeProvider time)
{
    private long? _start;
    private long _next;

    /// <summary>Waits for the next due time.</summary>
    /// <returns>How many due times passed since the last call returned, before this call: 0 unless the poll was too slow. The last of them is served now, late.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<long> WaitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _start ??= time.GetTimestamp();
        TimeSpan elapsed = time.GetElapsedTime(_start.Value);
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
