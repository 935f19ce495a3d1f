using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Delivery;

/// <summary>How often something happened in the last while.</summary>
internal sealed class Recent
{
    private readonly Queue<(TimeSpan At, double Times)> _seen = new();
    private double _sum;

    /// <summary>Counts what happened, forgets what is too old.</summary>
    /// <returns>Whether it is too often.</returns>
    public bool Observe(TimeSpan now, double times, CountWithin most)
    {
        if (times > 0)
        {
            _seen.Enqueue((now, times));
            _sum += times;
        }

        while (_seen.TryPeek(out (TimeSpan At, double Times) oldest) && now - oldest.At > most.Within)
        {
            _sum -= _seen.Dequeue().Times;
        }

        return _sum >= most.Count;
    }
}
