using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Watchdog.Configuration;

namespace Sallyport.Watchdog.Tests;

public sealed class WatchdogPlanReaderTests
{
    [Fact]
    public void Without_a_word_everything_has_its_default()
    {
        WatchdogPlan plan = Assert.IsType<PlanReading<WatchdogPlan>.Accepted>(Read("{}")).Plan;
        Assert.Equal((DeliveryPlan.Default, PosturePlan.Default), (plan.Delivery, plan.Posture));
    }

    [Fact]
    public void An_unknown_key_is_refused_with_its_place() =>
        Assert.Equal("/deliveri", Assert.IsType<PlanReading<WatchdogPlan>.Refused>(Read("""{"deliveri":{}}""")).Faults[0].Pointer);

    private static PlanReading<WatchdogPlan> Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new WatchdogPlanReader().Read(document.RootElement);
    }
}
