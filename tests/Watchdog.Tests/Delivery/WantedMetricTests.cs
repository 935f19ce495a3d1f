using System.Reflection;
using Sallyport.TestKit;
using Sallyport.Watchdog.Scraping;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>The metrics that are looked at.</summary>
public sealed class WantedMetricTests
{
    private static readonly string[] Names =
        [.. typeof(WantedMetric).GetFields(BindingFlags.Public | BindingFlags.Static).Where(name => name.IsLiteral).Select(name => (string)name.GetRawConstantValue()!)];

    [Fact]
    public void Every_metric_that_has_a_name_is_wanted() =>
        Assert.Equal(Names.Order(StringComparer.Ordinal), WantedMetric.All.Order(StringComparer.Ordinal));

    [Fact]
    public void No_name_is_written_a_second_time()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.Combine("modules/Watchdog"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            Assert.True(
                file.EndsWith("/WantedMetric.cs", StringComparison.Ordinal) || !Array.Exists(Names, name => text.Contains($"\"{name}\"", StringComparison.Ordinal)),
                $"{file} names a metric of its own.");
        }
    }
}
