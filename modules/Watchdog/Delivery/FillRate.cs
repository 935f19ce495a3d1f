namespace Sallyport.Watchdog.Delivery;

/// <summary>How fast the ring fills, over the last minutes.</summary>
internal sealed class FillRate
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    private readonly Queue<(TimeSpan At, double Size)> _seen = new();

    /// <summary>Takes down a size.</summary>
    /// <returns>The time until <paramref name="capacity"/> is reached at the present rate; null while it does not grow.</returns>
    public TimeSpan? Observe(TimeSpan now, double? size, double? capacity)
    {
        if (size is not { } bytes || capacity is not { } room)
        {
            _seen.Clear();
            return null;
        }

        _seen.Enqueue((now, bytes));
        while (now - _seen.Peek().At > Memory)
        {
            _seen.Dequeue();
        }

        (TimeSpan begin, var first) = _seen.Peek();
        var seconds = (now - begin).TotalSeconds;
        return now - begin >= Shortest && bytes > first && room > bytes
            ? TimeSpan.FromSeconds(Math.Min((room - bytes) * seconds / (bytes - first), TimeSpan.FromDays(3650).TotalSeconds))
            : null;
    }
}
