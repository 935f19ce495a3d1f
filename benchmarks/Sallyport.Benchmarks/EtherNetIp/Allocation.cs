namespace Sallyport.Benchmarks.EtherNetIp;

/// <summary>What the whole process allocates while nothing but steady rounds are read.</summary>
internal static class Allocation
{
    public static async Task RunAsync(Report report)
    {
        report.Add("bytesAllocatedPerTagSingle", await PerTagAsync(1), "bytes allocated per tag, one tag a request");
        report.Add("bytesAllocatedPerTag", await PerTagAsync(1000), "bytes allocated per tag, rounds of 1000");
    }

    private static async Task<double> PerTagAsync(int count)
    {
        await using ProductionTags tags = await ProductionTags.OpenStationsAsync(count);
        await TagLoop.RunAsync(tags);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        (long rounds, _) = await TagLoop.RepeatAsync(tags.ReadAsync);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(rounds * count);
    }
}
