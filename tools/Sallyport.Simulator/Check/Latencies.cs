namespace Sallyport.Simulator.Check;

/// <summary>Durations, sorted.</summary>
internal sealed class Latencies
{
    private readonly long[] _milliseconds;

    /// <summary>Sorts.</summary>
    public Latencies(IEnumerable<TimeSpan> latencies) => _milliseconds = [.. latencies.Select(latency => (long)latency.TotalMilliseconds).Order()];

    /// <summary>The longest; 0 for none.</summary>
    public long Longest => _milliseconds is [.., var last] ? last : 0;

    /// <summary>The one that so many of 100 do not exceed; 0 for none.</summary>
    public long Percentile(int hundredths) => _milliseconds.Length == 0
        ? 0
        : _milliseconds[Math.Max(0, (((long)_milliseconds.Length * hundredths) + 99) / 100 - 1)];
}
