namespace Sallyport.Telemetry;

/// <summary>One named value of a frame, or why there is none. Either <see cref="Value"/> is there and the status is good, or neither.</summary>
/// <remarks>Readers make millions of these: a good one carries nothing of what only a bad one needs.</remarks>
public sealed record Point
{
    private readonly PointValue _value;
    private readonly Failure? _failure;
    private readonly int _offsetInMilliseconds;

    private Point(string name, PointValue value, Failure? failure, TimeSpan offset)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, _value, _failure) = (name, value, failure);
        _offsetInMilliseconds = (int)Math.Clamp(offset.Ticks / TimeSpan.TicksPerMillisecond, 0, int.MaxValue);
    }

    /// <summary><c>n</c>: unique within its source.</summary>
    public string Name { get; }

    /// <summary><c>v</c>: what the device answered in this frame; null unless the status is good.</summary>
    public PointValue? Value => _failure is null ? _value : null;

    /// <summary><c>t</c>: how long after the time of the frame the reply was complete that this point comes from, in whole milliseconds; left out when zero.</summary>
    public TimeSpan Offset => TimeSpan.FromMilliseconds(_offsetInMilliseconds);

    /// <summary><c>q</c>, left out when good; its symbol is <c>qs</c>.</summary>
    public StatusCode Status => _failure?.Status ?? StatusCode.Good;

    /// <summary><c>x</c>: what the device or the network said, for example <c>exception 2</c> or <c>timeout</c>; null when good.</summary>
    public string? Reason => _failure?.Reason;

    /// <summary><c>lv</c>: the last good value; never without <see cref="LastAt"/>.</summary>
    public PointValue? LastValue => _failure?.LastValue;

    /// <summary><c>lt</c>: when the reply was complete that <see cref="LastValue"/> came in.</summary>
    public DateTimeOffset? LastAt => _failure?.LastAt;

    internal int OffsetInMilliseconds => _offsetInMilliseconds;

    /// <summary>A value that the device answered. NaN and infinity become <see cref="StatusCode.BadOutOfRange"/>, as JSON has no words for them.</summary>
    /// <param name="name">The point.</param>
    /// <param name="value">Its value.</param>
    /// <param name="offset">From the time of the frame to the reply; parts of a millisecond are cut off, and what is negative counts as zero.</param>
    public static Point Good(string name, PointValue value, TimeSpan offset = default) => Of(name, ValueOutcome.Good(value), offset: offset);

    /// <summary>What became of a value that the device answered.</summary>
    /// <param name="name">The point.</param>
    /// <param name="outcome">The value, or why there is none.</param>
    /// <param name="last">As in <see cref="Bad"/>; not used if there is a value.</param>
    /// <param name="lastAt">As in <see cref="Bad"/>.</param>
    /// <param name="offset">As in <see cref="Good"/>.</param>
    public static Point Of(
        string name, ValueOutcome outcome, PointValue? last = null, DateTimeOffset? lastAt = null, TimeSpan offset = default) =>
        outcome.Value is { } value
            ? new Point(name, value, failure: null, offset)
            : Bad(name, outcome.Status, outcome.Reason!, last, lastAt, offset);

    /// <summary>No value. The last good one may be told, with its own time.</summary>
    /// <param name="name">The point.</param>
    /// <param name="status">Any but a good one.</param>
    /// <param name="reason">A few words.</param>
    /// <param name="last">Left out when not finite or without <paramref name="lastAt"/>.</param>
    /// <param name="lastAt">When the reply was complete that <paramref name="last"/> came in.</param>
    /// <param name="offset">From the time of the frame to the failure, as for a good point.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is good.</exception>
    public static Point Bad(
        string name,
        StatusCode status,
        string reason,
        PointValue? last = null,
        DateTimeOffset? lastAt = null,
        TimeSpan offset = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        if (status.IsGood)
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "A point without a value cannot be good.");
        }

        var isLastKnown = last is { IsFinite: true } && lastAt is not null;
        return new Point(name, value: default, new Failure(status, reason, isLastKnown ? last : null, isLastKnown ? lastAt : null), offset);
    }

    private sealed record Failure(StatusCode Status, string Reason, PointValue? LastValue, DateTimeOffset? LastAt);
}
