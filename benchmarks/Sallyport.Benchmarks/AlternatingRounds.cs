namespace Sallyport.Benchmarks;

/// <summary>Figures of alternating rounds.</summary>
internal static class AlternatingRounds
{
    /// <summary>Measures one and the other in turn, after one round of each that does not count.</summary>
    /// <returns>What each round gave, side by side.</returns>
    public static async Task<IReadOnlyList<(double One, double Other)>> AlternateAsync(int rounds, Func<Task<double>> one, Func<Task<double>> other)
    {
        var results = new List<(double, double)>();
        for (int round = 0; round <= rounds; round++)
        {
            (double One, double Other) result = (await one(), await other());
            if (round > 0)
            {
                results.Add(result);
            }
        }

        return results;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
