using System.Collections.Immutable;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>What is read of one controller in one group.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Interval">Time from one poll to the next.</param>
/// <param name="Tags">By name; at least one.</param>
public sealed record PollPlan(string Group, TimeSpan Interval, ImmutableArray<TagPlan> Tags) : IGroupPlan<PollPlan>
{
    /// <summary>Which polls become frames.</summary>
    public ReportPlan Report { get; init; } = ReportPlan.EveryPoll;

    /// <inheritdoc/>
    public int PointCount => Tags.Length;

    /// <inheritdoc/>
    public ImmutableArray<Deadband> Deadbands => [.. Tags.Select(tag => tag.Deadband)];

    /// <inheritdoc/>
    public bool IsSameWorkAs(PollPlan other) => Interval == other.Interval && Report == other.Report && Tags.SequenceEqual(other.Tags);
}
