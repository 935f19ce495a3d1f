using System.Collections.Immutable;

namespace Sallyport.Ctl.Firewall.Planning;

/// <summary>All that may pass, on the gateway and between the levels. Both rule sets and the tables for people are made of it.</summary>
/// <param name="IsLocked">Whether the host's own ways to the management endpoints are shut.</param>
/// <param name="ModuleInterface">The bridge of the modules: who is refused there is told so, rather than left waiting.</param>
/// <param name="Flows">What may pass, each of them once.</param>
/// <param name="Notes">What somebody should know who relies on it.</param>
internal sealed record FlowPlan(bool IsLocked, string ModuleInterface, ImmutableArray<Flow> Flows, ImmutableArray<string> Notes)
{
    /// <summary>The flows of one chain.</summary>
    public IEnumerable<Flow> Of(FlowBox box, FlowDirection direction) => Flows.Where(flow => flow.Box == box && flow.Direction == direction);
}
