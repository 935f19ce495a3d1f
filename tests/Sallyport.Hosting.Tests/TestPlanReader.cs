using System.Text.Json;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Hosting.Tests;

/// <summary>Wants <c>{"intervalMs": 50 to 1000}</c>; <c>note</c> is anything. Counts how often it was asked.</summary>
internal sealed class TestPlanReader : IPlanReader<TestPlan>
{
    public int Readings { get; private set; }

    public PlanReading<TestPlan> Read(JsonElement desired)
    {
        Readings++;
        var faults = new DesiredFaults();
        var root = DesiredReader.Root(desired, faults);
        _ = root.IsObjectOf("intervalMs", "note");
        _ = root["intervalMs"].TryInteger(50, 1000, out int interval);
        return faults.IsEmpty
            ? new PlanReading<TestPlan>.Accepted(new TestPlan(interval))
            : new PlanReading<TestPlan>.Refused(faults.ToImmutable());
    }
}
