using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>The section delivery of the desired properties.</summary>
public sealed class DeliveryPlanReaderTests
{
    [Fact]
    public void Every_key_is_read()
    {
        DeliveryPlan plan = Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Read(
            """
            {"modules":{"SecureBuffer":{},"ModbusReader":{"address":"http://10.0.0.7:9601","memoryLimitBytes":50000000}},
             "edgeHub":"http://edgeHub:9600","edgeAgent":"none","intervalMs":1000,"stalledAfterMs":2000,"offlineAfterMs":3000,"missingAfterMs":4000,"unwellAfterMs":5000,
             "startingAfterMs":6000,"silentAfterMs":7000,"deviceOfflineAfterMs":8000,"clearAfterMs":9000,"memoryLimitBytes":60000000,
             "flapping":{"count":2,"withinMs":10000},"refusals":{"count":3},"overruns":{"withinMs":11000},"fullPercent":50,"watchedFiles":{"daemon":"/host/config.toml"}}
            """)).Plan.Delivery;
        Assert.Equal(
            [new WatchedModule("SecureBuffer", new Uri("http://SecureBuffer:9600/")), new WatchedModule("ModbusReader", new Uri("http://10.0.0.7:9601/"), 50_000_000)],
            plan.Modules);
        Assert.Equal((new Uri("http://edgeHub:9600/"), null), (plan.EdgeHub, plan.EdgeAgent));
        Assert.Equal(
            [1, 2, 3, 4, 5, 6, 7, 8, 9],
            new[] { plan.Interval, plan.StalledAfter, plan.OfflineAfter, plan.MissingAfter, plan.UnwellAfter, plan.StartingAfter, plan.SilentAfter, plan.DeviceOfflineAfter, plan.ClearAfter }
                .Select(time => time.TotalSeconds));
        Assert.Equal((60_000_000, 0.5), (plan.MemoryLimitInBytes, plan.FullShare));
        Assert.Equal(new CountWithin(2, TimeSpan.FromSeconds(10)), plan.Flapping);
        Assert.Equal(new CountWithin(3, TimeSpan.FromMinutes(15)), plan.Refusals);
        Assert.Equal(new CountWithin(60, TimeSpan.FromSeconds(11)), plan.Overruns);
        Assert.Equal(new WatchedFile("daemon", "/host/config.toml"), Assert.Single(plan.Files));
    }

    [Fact]
    public void Without_a_word_edgeAgent_and_SecureBuffer_are_where_the_container_network_has_them()
    {
        Assert.Equal("http://edgeagent:9600/", DeliveryPlan.Default.EdgeAgent!.ToString());
        Assert.Equal("http://securebuffer:9600/", Assert.Single(DeliveryPlan.Default.Modules).Address.ToString());
        Assert.Equal(DeliveryPlan.Default, Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Read("{}")).Plan.Delivery);
    }

    [Theory]
    [InlineData("""{"stalledAfterMS":1}""", "/delivery/stalledAfterMS")]
    [InlineData("""{"intervalMs":10}""", "/delivery/intervalMs")]
    [InlineData("""{"modules":{"a":{"adress":"x"}}}""", "/delivery/modules/a/adress")]
    [InlineData("""{"modules":{"a":"x"}}""", "/delivery/modules/a")]
    [InlineData("""{"modules":{"a":{"address":"https://a:9600"}}}""", "/delivery/modules/a/address")]
    [InlineData("""{"modules":{"a":{"memoryLimitBytes":0}}}""", "/delivery/modules/a/memoryLimitBytes")]
    [InlineData("""{"edgeHub":"edgeHub:9600"}""", "/delivery/edgeHub")]
    [InlineData("""{"edgeHub":"http://edgeHub:9600/metrics"}""", "/delivery/edgeHub")]
    [InlineData("""{"edgeAgent":"http://user@edgeAgent:9600"}""", "/delivery/edgeAgent")]
    [InlineData("""{"edgeAgent":false}""", "/delivery/edgeAgent")]
    [InlineData("""{"flapping":{"count":0}}""", "/delivery/flapping/count")]
    [InlineData("""{"flapping":3}""", "/delivery/flapping")]
    [InlineData("""{"fullPercent":101}""", "/delivery/fullPercent")]
    [InlineData("""{"watchedFiles":{"daemon":"config.toml"}}""", "/delivery/watchedFiles/daemon")]
    [InlineData("""{"watchedFiles":[]}""", "/delivery/watchedFiles")]
    [InlineData("[]", "/delivery")]
    public void What_is_wrong_is_refused_with_its_place(string delivery, string pointer) =>
        Assert.Equal(pointer, Assert.IsType<PlanReading<WatchdogPlan>.Refused>(Read(delivery)).Faults[0].Pointer);

    private static PlanReading<WatchdogPlan> Read(string delivery)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"delivery":{{delivery}}}""");
        return new WatchdogPlanReader().Read(document.RootElement);
    }
}
