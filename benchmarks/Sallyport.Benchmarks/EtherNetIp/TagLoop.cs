namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>Reads the same tags again and again, one round after the other.</summary>
internal static class TagLoop
{
    /// <summary>How long one measurement lasts.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <returns>Tags per second.</returns>
    public static async Task<double> RunAsync(ProductionTags tags)
    {
        (long rounds, TimeSpan elapsed) = await RepeatAsync(tags.ReadAsync);
        return rounds * tags.Count / elapsed.TotalSeconds;
    }

    /// <summary>Repeats a round until the time is up.</summary>
    public static async Task<(long Rounds, TimeSpan Elapsed)> RepeatAsync(Func<ValueTask> round)
    {
        long started = TimeProvider.System.GetTimestamp();
        for (long rounds = 1; ; rounds++)
        {
            await round();
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
            if (elapsed >= Duration)
            {
                return (rounds, elapsed);
            }
        }
    }
}
