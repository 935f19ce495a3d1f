using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests.Annunciator;

public sealed class AnnunciatorPlanReaderTests
{
    [Fact]
    public void Lamps_and_buzzers_are_read()
    {
        AnnunciatorPlan plan = Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Read("""
            {"annunciator":{"ledFolder":"/leds","outputs":{
              "lamp":{"shows":"alarm","led":"beaglebone:green:usr0"},
              "buzzer":{"shows":"buzzer","gpio":{"line":17,"activeLow":true}},
              "alive":{"shows":"heartbeat","gpio":{"chip":1,"line":17}},
              "green":{"shows":"well","led":"green"}}}}
            """)).Plan.Annunciator;
        Assert.Equal("/leds", plan.LedFolder);
        Assert.Equal(
            [
                new OutputPlan("lamp", OutputRole.Alarm, new OutputTarget.Led("beaglebone:green:usr0")),
                new OutputPlan("buzzer", OutputRole.Buzzer, new OutputTarget.Gpio(0, 17, IsActiveLow: true)),
                new OutputPlan("alive", OutputRole.Heartbeat, new OutputTarget.Gpio(1, 17, IsActiveLow: false)),
                new OutputPlan("green", OutputRole.Well, new OutputTarget.Led("green")),
            ],
            plan.Outputs);
    }

    [Theory]
    [InlineData("""{"outputs":{"a":{"shows":"alarm"}}}""", "/outputs/a", "either led or gpio")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","led":"x","gpio":{"line":1}}}}""", "/outputs/a", "either led or gpio")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","led":"../x"}}}""", "/outputs/a/led", "name of an LED")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","led":".."}}}""", "/outputs/a/led", "name of an LED")]
    [InlineData("""{"outputs":{"a":{"shows":"party","led":"x"}}}""", "/outputs/a/shows", "none of alarm")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","gpio":{}}}}""", "/outputs/a/gpio/line", "missing")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","gpio":{"line":-1}}}}""", "/outputs/a/gpio/line", "whole number")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","led":"x"},"b":{"shows":"buzzer","led":"x"}}}""", "/outputs/b", "same LED or line")]
    [InlineData("""{"outputs":{"a":{"shows":"alarm","gpio":{"line":3}},"b":{"shows":"buzzer","gpio":{"line":3,"activeLow":true}}}}""", "/outputs/b", "same LED or line")]
    [InlineData("""{"outputs":{"a":{"shows":"well","led":"x"}}}""", "/outputs", "stays lit when this module dies")]
    [InlineData("""{"ledFolder":"leds"}""", "/ledFolder", "begins with /")]
    [InlineData("""{"lamps":{}}""", "/lamps", "Unknown key")]
    public void What_cannot_be_is_refused_where_it_stands(string section, string pointer, string reason)
    {
        PlanFault fault = Assert.Single(Assert.IsType<PlanReading<WatchdogPlan>.Refused>(Read($$"""{"annunciator":{{section}}}""")).Faults);
        Assert.Equal("/annunciator" + pointer, fault.Pointer);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
    }

    private static PlanReading<WatchdogPlan> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new WatchdogPlanReader().Read(document.RootElement);
    }
}
