using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>Decides poll by poll what of a group is reported. Compares with what was reported last, so that slow drifts add up and nothing is lost.</summary>
/// <remarks>Pure: time comes in as the due time of the poll on its grid, so that jitter never shifts a key frame to the next poll. An unchanged point costs no memory.
/// Not for parallel use.</remarks>
public sealed class ChangeReport
{
    private readonly ReportPlan _plan;
    private readonly TimeSpan _interval;
    private readonly ImmutableArray<Deadband> _deadbands;
    private readonly Point[] _reported;
    private readonly Point[] _changed;
    private bool _isKeyRequired = true;
    private bool _wasSilent;
    private TimeSpan _keyAt;
    private TimeSpan _frameAt;

    /// <summary>Creates the report of a group that nothing was told about.</summary>
    /// <param name="plan">What is asked for.</param>
    /// <param name="interval">From one poll to the next.</param>
    /// <param name="deadbands">One per point, in the order of the points.</param>
    public ChangeReport(ReportPlan plan, TimeSpan interval, ImmutableArray<Deadband> deadbands)
    {
        (_plan, _interval, _deadbands) = (plan, interval, deadbands);
        _reported = plan.IsOnChange ? new Point[deadbands.Length] : [];
        _changed = plan.IsOnChange ? new Point[deadbands.Length] : [];
    }

    /// <summary>The next poll is reported in full: those who listen cannot know what was told before.</summary>
    public void RequireKey() => _isKeyRequired = true;

    /// <summary>Looks at the points of one poll.</summary>
    /// <param name="points">All points of the group, in the same order each time.</param>
    /// <param name="due">The due time of the poll, from any fixed instant.</param>
    /// <param name="isSilent">Whether the device did not answer. When it falls silent that is told at once, and when it is back everything is told.</param>
    /// <param name="kind">What kind of frame it makes.</param>
    /// <param name="selected">The points that go into it; valid until the next call.</param>
    /// <returns>False if there is nothing to report.</returns>
    [SuppressMessage("Design", "CA1021", Justification = "The points are a span, which no tuple can hold.")]
    public bool TrySelect(ReadOnlySpan<Point> points, TimeSpan due, bool isSilent, out FrameKind kind, out ReadOnlySpan<Point> selected)
    {
        bool isBack = _wasSilent && !isSilent;
        bool isLost = isSilent && !_wasSilent;
        _wasSilent = isSilent;
        kind = FrameKind.Key;
        selected = points;
        if (!_plan.IsOnChange)
        {
            return true;
        }

        if (_isKeyRequired || isBack || IsDue(_plan.KeyFrame, _keyAt, due))
        {
            ReportAll(points, due);
            return true;
        }

        kind = FrameKind.Delta;
        selected = [];
        if (!isLost && due - _frameAt < (_plan.MinReport ?? TimeSpan.Zero))
        {
            return false;
        }

        selected = TakeChanges(points);
        kind = selected.IsEmpty ? FrameKind.Heartbeat : FrameKind.Delta;
        bool isReported = !selected.IsEmpty || IsDue(_plan.Heartbeat, _frameAt, due);
        _frameAt = isReported ? due : _frameAt;
        return isReported;
    }

    private static bool HasChanged(Point reported, Point now, Deadband deadband) =>
        reported.Status != now.Status
        || (reported.Value is { } before && now.Value is { } value && !deadband.Hides(before, value));

    // The last poll that is not too late counts: the one after it would be.
    private bool IsDue(TimeSpan? limit, TimeSpan since, TimeSpan due) => limit is { } longest && due - since + _interval > longest;

    private void ReportAll(ReadOnlySpan<Point> points, TimeSpan due)
    {
        points.CopyTo(_reported);
        (_isKeyRequired, _keyAt, _frameAt) = (false, due, due);
    }

    private ReadOnlySpan<Point> TakeChanges(ReadOnlySpan<Point> points)
    {
        int count = 0;
        for (int i = 0; i < points.Length; i++)
        {
            if (HasChanged(_reported[i], points[i], _deadbands[i]))
            {
                _reported[i] = points[i];
                _changed[count++] = points[i];
            }
        }

        return _changed.AsSpan(0, count);
    }
}
