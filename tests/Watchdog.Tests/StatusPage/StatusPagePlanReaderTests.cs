using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.StatusPage;

public sealed class StatusPagePlanReaderTests
{
    [Fact]
    public void Without_a_word_it_is_on_this_machine_alone()
    {
        StatusPagePlan plan = Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Read("{}")).Plan.StatusPage;
        Assert.Equal((true, "127.0.0.1", 8880, 0), (plan.IsEnabled, plan.Address, plan.Port, plan.HostNames.Length));
    }

    [Fact]
    public void Everything_can_be_said() => Assert.Equal(
        new StatusPagePlan { IsEnabled = false, Address = "*", Port = 80, HostNames = ["gateway.plant.example"] },
        Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(
            Read("""{"statusPage":{"enabled":false,"address":"*","port":80,"hostNames":["gateway.plant.example"]}}""")).Plan.StatusPage);

    [Theory]
    [InlineData("""{"address":"gateway"}""", "/address", "IP address")]
    [InlineData("""{"port":0}""", "/port", "1 to 65535")]
    [InlineData("""{"hostNames":["gateway:80"]}""", "/hostNames/0", "without port")]
    [InlineData("""{"hostNames":["10.0.0.1"]}""", "/hostNames/0", "addresses need not")]
    [InlineData("""{"enabled":"yes"}""", "/enabled", "neither true nor false")]
    [InlineData("""{"password":"x"}""", "/password", "Unknown key")]
    public void What_cannot_be_is_refused_where_it_stands(string section, string pointer, string reason)
    {
        PlanFault fault = Assert.Single(Assert.IsType<PlanReading<WatchdogPlan>.Refused>(Read($$"""{"statusPage":{{section}}}""")).Faults);
        Assert.Equal("/statusPage" + pointer, fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    private static PlanReading<WatchdogPlan> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new WatchdogPlanReader().Read(document.RootElement);
    }
}
