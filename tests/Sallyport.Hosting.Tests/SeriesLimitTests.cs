using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Sallyport.Hosting.Tests;

public sealed class SeriesLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 30_000)]
    [InlineData("sallyport.device.frames", 1500, 1500)]
    [InlineData("sallyport.hub.test", 100, 100)]
    [InlineData("sallyport.hub.test", 500, 101)]
    public async Task What_a_plant_has_by_the_hundred_is_counted_one_by_one_and_of_the_rest_no_count_is_lost(string name, int labels, int expected)
    {
        using var module = new TestModule();
        Task<int> running = await module.StartAsync();
        Counter<long> counter = module.Host.Services.GetRequiredService<IMeterFactory>().Create("Sallyport.SeriesLimitTests").CreateCounter<long>(name);
        for (int label = 0; label < labels; label++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("device", label));
        }

        using var client = new HttpClient();
        string page = await client.GetStringAsync(new Uri(module.Address, "metrics"), Token);
        module.Stop();
        Assert.Equal(0, await running);
        string line = name.Replace('.', '_') + "_total";
        List<CollectedSample> series = [.. CollectorGrammar.Read(page).Where(sample => string.Equals(sample.Name, line, StringComparison.Ordinal))];
        Assert.Equal((expected, labels), (series.Count, series.Sum(sample => sample.Value)));
    }
}
