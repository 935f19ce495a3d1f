using System.Collections.Immutable;
using Sallyport.Ctl.Modbus;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Hosting;

namespace Sallyport.Ctl.Eip;

/// <summary>What the module would say to a file: a plan, or every fault with its place.</summary>
/// <param name="Plan">Null if there are faults.</param>
/// <param name="Faults">In the module's words.</param>
internal sealed record ControllerVerdict(EtherNetIpPlan? Plan, ImmutableArray<LocatedFault> Faults)
{
    /// <summary>Judges a file.</summary>
    public static ControllerVerdict Of(PlanFile file)
    {
        if (file.Fault is { } fault)
        {
            return new ControllerVerdict(Plan: null, [new LocatedFault(fault.Pointer, fault.Reason, file.PlaceOf(fault.Pointer))]);
        }

        ImmutableArray<LocatedFault> unset = file.Unset;
        return new EtherNetIpPlanReader().Read(file.Desired) switch
        {
            PlanReading<EtherNetIpPlan>.Accepted accepted when unset.IsEmpty => new ControllerVerdict(accepted.Plan, []),
            PlanReading<EtherNetIpPlan>.Refused refused => new ControllerVerdict(Plan: null,
            [
                .. unset,
                .. refused.Faults.Where(one => !file.IsUnset(one.Pointer)).Select(one => new LocatedFault(one.Pointer, one.Reason, file.PlaceOf(one.Pointer))),
            ]),
            _ => new ControllerVerdict(Plan: null, unset),
        };
    }
}
