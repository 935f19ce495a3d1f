using System.Text.Json;
using Sallyport.Acquisition;
using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusReader.Tests.Polling;
using Sallyport.Telemetry;

namespace Sallyport.ModbusReader.Tests.Publishing;

/// <summary>A start with so many points that the metadata of all units are larger than the outbox.</summary>
public sealed class ManyUnitsTests
{
    private const int Units = 100;
    private const int PointsOfEach = 1000;
    private const long StatusLimitInBytes = 1024 * 1024;

    [Fact(Timeout = 60_000)]
    public async Task The_metadata_of_a_hundred_large_units_wait_in_little_memory_and_none_are_lost()
    {
        await using var bench = new ReaderBench();
        bench.Use(LargePlan());
        bench.Start();
        await bench.UntilAsync(() => bench.Supervisor.Sources.Count == Units && bench.Outboxes.Status.Count == 3 * Units);
        Assert.InRange(bench.Count("size", "output", "status"), 1, StatusLimitInBytes);

        var states = new List<string>();
        var described = new HashSet<string>(StringComparer.Ordinal);
        while (described.Count < Units)
        {
            OutboxEntry entry = (await bench.Outboxes.Status.TakeAsync(TestContext.Current.CancellationToken))!;
            string source = entry.Message.Properties[MessageProperties.Source];
            using JsonDocument body = JsonDocument.Parse(entry.Message.Body);
            if (body.RootElement.TryGetProperty("state", out JsonElement state))
            {
                Assert.Empty(described);
                states.Add($"{source} {state}");
                continue;
            }

            Assert.Equal(PointsOfEach, body.RootElement.GetProperty("points").GetArrayLength());
            Assert.True(described.Add(source));
        }

        Assert.Equal(0, bench.Outboxes.Status.Count);
        Assert.Equal(Names().Select(name => $"{name} starting"), states.Where(state => state.EndsWith("starting", StringComparison.Ordinal)));
        Assert.All(Names(), name => Assert.True(states.IndexOf($"{name} starting") < states.IndexOf($"{name} online")));
        Assert.Equal(0, bench.Count("dropped", "output", "status"));
        Assert.Equal(0, bench.Count("size", "output", "status"));
    }

    private static string[] Names() => [.. Enumerable.Range(0, Units).Select(i => $"u{i:D3}")];

    private static DevicePlan LargePlan()
    {
        UnitPlan unit = Assert.Single(Plans.Of(("u", [.. Enumerable.Range(0, PointsOfEach)])).Units);
        return new DevicePlan([.. Names().Select(name => unit with { Name = name })]);
    }
}
