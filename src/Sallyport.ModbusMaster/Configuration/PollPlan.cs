using System.Collections;
using System.Collections.Immutable;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>What is read of one unit in one group.</summary>
public sealed class PollPlan : IGroupPlan<PollPlan>
{
    /// <summary>Plans the requests.</summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="interval">Time from one poll to the next.</param>
    /// <param name="limits">How requests are made.</param>
    /// <param name="points">At least one.</param>
    public PollPlan(string group, TimeSpan interval, ReadLimits limits, ImmutableArray<PointPlan> points)
    {
        (Group, Interval, Limits, Points) = (group, interval, limits, points);
        Map = new ReadMap(new Addresses(points), limits);
        Reads = Map.Plan();
    }

    /// <summary>Name of the group.</summary>
    public string Group { get; }

    /// <summary>Time from one poll to the next.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Which polls become frames.</summary>
    public ReportPlan Report { get; init; } = ReportPlan.EveryPoll;

    /// <summary>How requests are made.</summary>
    public ReadLimits Limits { get; }

    /// <summary>The points, by name; <see cref="PlannedPoint.Index"/> counts in this order.</summary>
    public ImmutableArray<PointPlan> Points { get; }

    /// <summary>The points in the order of their addresses, for requests that are not those of the plan.</summary>
    public ReadMap Map { get; }

    /// <summary>The requests of one poll, as long as the device refuses none.</summary>
    public ImmutableArray<PlannedRead> Reads { get; }

    /// <inheritdoc/>
    public int PointCount => Points.Length;

    /// <inheritdoc/>
    public ImmutableArray<Deadband> Deadbands => [.. Points.Select(point => point.Deadband)];

    /// <summary>Whether a loop with this plan may go on under the other one.</summary>
    public bool IsSameWorkAs(PollPlan other) =>
        Interval == other.Interval && Report == other.Report && Limits == other.Limits && Points.SequenceEqual(other.Points);

    /// <summary>Where the points lie, without a copy of it.</summary>
    private sealed class Addresses(ImmutableArray<PointPlan> points) : IReadOnlyList<PointAddress>
    {
        public int Count => points.Length;

        public PointAddress this[int index] => points[index].Address;

        public IEnumerator<PointAddress> GetEnumerator() => points.Select(point => point.Address).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
