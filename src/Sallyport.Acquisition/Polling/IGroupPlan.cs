using System.Collections.Immutable;

namespace Sallyport.Acquisition.Polling;

/// <summary>What a plan says of one poll group of a device, as far as every reader has it.</summary>
public interface IGroupPlan
{
    /// <summary>Name of the group.</summary>
    string Group { get; }

    /// <summary>Time from one poll to the next.</summary>
    TimeSpan Interval { get; }

    /// <summary>Which polls become frames.</summary>
    ReportPlan Report { get; }

    /// <summary>How many points it has.</summary>
    int PointCount { get; }

    /// <summary>How far each point may move without being reported, in the order of the points.</summary>
    ImmutableArray<Deadband> Deadbands { get; }
}

/// <summary>A group that can tell whether another one asks for the same work.</summary>
/// <typeparam name="TSelf">The type of the group.</typeparam>
public interface IGroupPlan<in TSelf> : IGroupPlan
{
    /// <summary>Whether a loop with this plan may go on under the other one.</summary>
    bool IsSameWorkAs(TSelf other);
}
