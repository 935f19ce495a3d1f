using System.Text.Json;
using Sallyport.Acquisition.Configuration;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Hosting;
using Sallyport.Hosting.Configuration;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>Understands the desired properties of the reader, or says everything that is wrong with them.</summary>
public sealed class EtherNetIpPlanReader : IPlanReader<EtherNetIpPlan>
{
    /// <inheritdoc/>
    public PlanReading<EtherNetIpPlan> Read(JsonElement desired)
    {
        var faults = new DesiredFaults();
        DesiredReader root = DesiredReader.Root(desired, faults);
        if (!root.IsObjectOf(ControllerSection.Key, GroupSection.Key, TagSection.Key))
        {
            return new PlanReading<EtherNetIpPlan>.Refused(faults.ToImmutable());
        }

        Dictionary<string, ControllerPlan?> controllers = ControllerSection.Read(root[ControllerSection.Key]);
        var tags = new TagSection(controllers, GroupSection.Read(root[GroupSection.Key]));
        tags.Read(root[TagSection.Key]);
        return faults.IsEmpty
            ? new PlanReading<EtherNetIpPlan>.Accepted(new EtherNetIpPlan(
                [.. controllers.Values.OrderBy(plan => plan!.Name, StringComparer.Ordinal).Select(plan => new SourcePlan(plan!, tags.PollsOf(plan!.Name)))]))
            : new PlanReading<EtherNetIpPlan>.Refused(faults.ToImmutable());
    }
}
