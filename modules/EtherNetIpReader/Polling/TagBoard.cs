using System.Collections.Immutable;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Polling;
using Sallyport.EtherNetIpOriginator.Configuration;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpReader.Polling;

/// <summary>Makes points of what the rounds of one group brought, with the last good value of each. Not for parallel use.</summary>
internal sealed class TagBoard
{
    private const int None = -1;
    private const long Never = 0;

    private readonly PollPlan _plan;
    private readonly int[] _scaleOf;
    private readonly PointValue[] _last;
    private readonly long[] _lastAtTicks;

    public TagBoard(PollPlan plan)
    {
        _plan = plan;
        _last = new PointValue[plan.Tags.Length];
        _lastAtTicks = new long[plan.Tags.Length];
        var byName = new Dictionary<string, int>(plan.Tags.Length, StringComparer.Ordinal);
        for (int i = 0; i < plan.Tags.Length; i++)
        {
            byName.Add(plan.Tags[i].Name, i);
        }

        // The configuration lets a scale come from the same group only.
        _scaleOf = [.. plan.Tags.Select(tag => tag.Transform.ScaleFrom is { } source ? byName[source] : None)];
    }

    /// <summary>Ends a round that was answered.</summary>
    /// <param name="values">What the controller answered, in the order of the tags.</param>
    /// <param name="at">When the first reply came.</param>
    public PollResult Answered(ReadOnlySpan<ValueOutcome> values, DateTimeOffset at)
    {
        var points = ImmutableArray.CreateBuilder<Point>(_last.Length);
        int badCount = 0;
        string? trouble = null;
        for (int i = 0; i < _last.Length; i++)
        {
            TagPlan tag = _plan.Tags[i];
            ValueOutcome scale = _scaleOf[i] is None ? default : _plan.Tags[_scaleOf[i]].ValueOf(values[_scaleOf[i]], scale: default);
            ValueOutcome outcome = tag.ValueOf(values[i], scale);
            points.Add(Point.Of(tag.Name, outcome, LastOf(i), LastAtOf(i)));
            badCount += outcome.Status.IsGood ? 0 : 1;
            if (values[i].Reason is { } refusal)
            {
                trouble ??= $"{tag.Name}: {refusal}";
            }

            if (outcome.Value is { } value)
            {
                (_last[i], _lastAtTicks[i]) = (value, at.UtcTicks);
            }
        }

        return new PollResult(points.MoveToImmutable(), at, Silence: null, trouble, badCount);
    }

    /// <summary>Ends a round that brought nothing.</summary>
    /// <param name="status">What kind of failure it is.</param>
    /// <param name="reason">Why, in a few words.</param>
    /// <param name="at">When that was clear.</param>
    public PollResult Failed(StatusCode status, string reason, DateTimeOffset at)
    {
        var points = ImmutableArray.CreateBuilder<Point>(_last.Length);
        for (int i = 0; i < _last.Length; i++)
        {
            points.Add(Point.Bad(_plan.Tags[i].Name, status, reason, LastOf(i), LastAtOf(i)));
        }

        return new PollResult(points.MoveToImmutable(), at, reason, Trouble: null, _last.Length);
    }

    /// <summary>All points of a round that was left out.</summary>
    /// <param name="reason">Why, in a few words.</param>
    public ImmutableArray<Point> LeftOut(string reason)
    {
        var notAsked = new NotAsked(reason);
        var points = ImmutableArray.CreateBuilder<Point>(_last.Length);
        for (int i = 0; i < _last.Length; i++)
        {
            points.Add(notAsked.Of(_plan.Tags[i].Name, LastOf(i), LastAtOf(i)));
        }

        return points.MoveToImmutable();
    }

    private PointValue? LastOf(int index) => _lastAtTicks[index] == Never ? null : _last[index];

    private DateTimeOffset LastAtOf(int index) => new(_lastAtTicks[index], TimeSpan.Zero);
}
