using System.Collections.Immutable;
using Sallyport.Acquisition.Polling;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>One device behind a connection.</summary>
/// <param name="Name">As configured; the <c>source</c> of its frames.</param>
/// <param name="Connection">The way to it.</param>
/// <param name="UnitId">1 to 247; 0 or 255 for the endpoint itself.</param>
/// <param name="Polls">One per group that has points of this unit, by group name.</param>
public sealed record UnitPlan(string Name, ConnectionPlan Connection, byte UnitId, ImmutableArray<PollPlan> Polls) : ISourcePlan<UnitPlan, PollPlan>
{
    /// <inheritdoc/>
    public string Protocol => Connection.Endpoint.Protocol;

    /// <summary>Whether it is asked who it is. Some old devices take offence at the function, so that only those are asked of which somebody said so.</summary>
    public bool WantsIdentification { get; init; }

    /// <inheritdoc/>
    public bool IsSameDeviceAs(UnitPlan other) => this with { Polls = [] } == other with { Polls = [] };
}
