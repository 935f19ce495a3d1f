namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>One connection, one request at a time: single tags, packed ones and arrays. Ours and the others in turn, each over a connection that stays.</summary>
internal static class Throughput
{
    private const int Rounds = 5;
    private const int ArrayElements = 2000;

    private static readonly (int Tags, string Name, string Title, string Limit, string Ratio)[] Sizes =
    [
        (1, "Single", "one tag a request", "", ""),
        (100, "Packed100", "rounds of 100", "", "≥ 5"),
        (1000, "Packed1000", "rounds of 1000", "≥ 280,000", "≥ 5"),
    ];

    public static async Task RunAsync(Report report)
    {
        await using StEthernetIp node = await StEthernetIp.StartAsync();
        using Libplctag? plctag = Libplctag.TryLoad();
        foreach ((int count, string name, string title, string limit, string ratio) in Sizes)
        {
            await using ProductionTags tags = await ProductionTags.OpenStationsAsync(count);
            IReadOnlyList<(double Ours, double Peer)> rounds = await AlternatingRounds.AlternateAsync(
                Rounds, () => TagLoop.RunAsync(tags), () => node.RunAsync(count));
            report.Add($"tagsPerSecond{name}", Median(rounds, round => round.Ours), $"tags a second, {title} ({tags.RequestCount} requests)", limit);
            report.Add($"stEthernetIp{name}", Median(rounds, round => round.Peer), "st-ethernet-ip");
            string suffix = count == Sizes[^1].Tags ? "" : name;
            report.Add($"vsStEthernetIp{suffix}", Median(rounds, round => round.Ours / round.Peer), "ratio (median of rounds)", ratio);
            await AgainstLibplctagAsync(report, tags, plctag, name, suffix);
        }

        await using (ProductionTags byNumber = await ProductionTags.OpenStationsAsync(Sizes[^1].Tags, usesNumbers: true))
        {
            report.Add("tagsPerSecondPacked1000ByNumber", await RateAsync(byNumber), $"tags a second by their numbers ({byNumber.RequestCount} requests)");
        }

        await using ProductionTags array = await ProductionTags.OpenArrayAsync("Counts", ArrayElements);
        report.Add("elementsPerSecondArray", await RateAsync(array), $"elements a second of an array of {ArrayElements} ({array.RequestCount} requests)");
    }

    private static async Task AgainstLibplctagAsync(Report report, ProductionTags tags, Libplctag? plctag, string name, string suffix)
    {
        if (plctag is null)
        {
            report.AddAbsent($"vsLibplctag{suffix}", "libplctag", "not measured: LIBPLCTAG names no shared library");
            return;
        }

        int[] handles = plctag.Create(tags.Count);
        IReadOnlyList<(double Ours, double Peer)> rounds = await AlternatingRounds.AlternateAsync(
            Rounds, () => TagLoop.RunAsync(tags), () => Task.Run(() => plctag.Run(handles)));
        plctag.Destroy(handles);
        report.Add($"libplctag{name}", Median(rounds, round => round.Peer), "libplctag");
        report.Add($"vsLibplctag{suffix}", Median(rounds, round => round.Ours / round.Peer), "ratio (median of rounds)", "≥ 1.0");
    }

    private static async Task<double> RateAsync(ProductionTags tags)
    {
        var rates = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            rates.Add(await TagLoop.RunAsync(tags));
        }

        return AlternatingRounds.Median(rates);
    }

    private static double Median(IReadOnlyList<(double Ours, double Peer)> rounds, Func<(double Ours, double Peer), double> figure) =>
        AlternatingRounds.Median(rounds.Select(figure));
}
