using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;

namespace Sallyport.Watchdog.Configuration;

/// <summary>Reads the module's desired properties.</summary>
internal sealed class WatchdogPlanReader : IPlanReader<WatchdogPlan>
{
    /// <inheritdoc/>
    public PlanReading<WatchdogPlan> Read(JsonElement desired)
    {
        var faults = new DesiredFaults();
        DesiredReader root = DesiredReader.Root(desired, faults);
        _ = root.IsObjectOf("delivery", "annunciator", "statusPage", "posture");
        var plan = new WatchdogPlan
        {
            Delivery = DeliveryPlanReader.Read(root["delivery"]),
            Annunciator = AnnunciatorPlanReader.Read(root["annunciator"]),
            StatusPage = StatusPagePlanReader.Read(root["statusPage"]),
            Posture = PosturePlanReader.Read(root["posture"]),
        };
        return faults.IsEmpty ? new PlanReading<WatchdogPlan>.Accepted(plan) : new PlanReading<WatchdogPlan>.Refused(faults.ToImmutable());
    }
}
