using System.Collections.Immutable;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.Ctl.Modbus.Validate;

/// <summary>What all units behind one connection ask of it together.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Units">Units behind it.</param>
/// <param name="RequestsPerSecond">On average, when no poll is left out.</param>
internal sealed record ConnectionSummary(ConnectionPlan Connection, int Units, double RequestsPerSecond)
{
    /// <summary>How fast an answer must come on average, or polls are left out. No limit without requests.</summary>
    public TimeSpan? AnswerWithin => RequestsPerSecond > 0 ? TimeSpan.FromSeconds(1 / RequestsPerSecond) : null;

    /// <summary>All connections that units use.</summary>
    public static ImmutableArray<ConnectionSummary> Of(DevicePlan plan) =>
    [
        .. plan.Units.GroupBy(unit => unit.Connection)
            .OrderBy(units => units.Key.Name, StringComparer.Ordinal)
            .Select(units => new ConnectionSummary(
                units.Key, units.Count(), units.SelectMany(unit => unit.Polls).Sum(poll => poll.Reads.Length / poll.Interval.TotalSeconds))),
    ];
}
