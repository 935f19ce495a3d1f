namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>Times each round of 100 packed tags.</summary>
internal static class Latency
{
    private const int Tags = 100;
    private const int Rounds = 5;
    private const int MostSamples = 100_000;

    public static async Task RunAsync(Report report)
    {
        await using ProductionTags tags = await ProductionTags.OpenStationsAsync(Tags);
        double[] samples = new double[MostSamples];
        var (halves, tails) = (new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            int taken = 0;
            await TagLoop.RepeatAsync(async () =>
            {
                long started = TimeProvider.System.GetTimestamp();
                await tags.ReadAsync();
                samples[taken++ % MostSamples] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            });
            double[] sorted = [.. samples.Take(taken).Order()];
            halves.Add(sorted[sorted.Length / 2]);
            tails.Add(sorted[(int)(sorted.Length * 0.99)]);
        }

        report.Add("p50RoundMsPacked100", AlternatingRounds.Median(halves), "ms, half of the rounds are faster");
        report.Add("p99RoundMsPacked100", AlternatingRounds.Median(tails), "ms, 99 of 100 rounds are faster", "≤ 5");
    }
}
