namespace Sallyport.Telemetry;

/// <summary>One named value of a frame, or why there is none. Either <see cref="Value"/> is there and the status is good, or neither.</summary>
public sealed record Point
{
    private Point(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary><c>n</c>: unique within its source.</summary>
    public string Name { get; }

    /// <summary><c>v</c>: what the device answered in this frame; null unless the status is good.</summary>
    public PointValue? Value { get; private init; }

    /// <summary><c>q</c>, left out when good; its symbol is <c>qs</c>.</summary>
    public StatusCode Status { get; private init; }

    /// <summary><c>x</c>: what the device or the network said, for example <c>exception 2</c> or <c>timeout</c>; null when good.</summary>
    public string? Reason { get; private init; }

    /// <summary><c>lv</c>: the last good value; never without <see cref="LastAt"/>.</summary>
    public PointValue? LastValue { get; private init; }

    /// <summary><c>lt</c>: the time of the frame that <see cref="LastValue"/> came in.</summary>
    public DateTimeOffset? LastAt { get; private init; }

    /// <summary>A value that the device answered. NaN and infinity become <see cref="StatusCode.BadOutOfRange"/>, as JSON has no words for them.</summary>
    public static Point Good(string name, PointValue value) => Of(name, ValueOutcome.Good(value));

    /// <summary>What became of a value that the device answered.</summary>
    /// <param name="name">The point.</param>
    /// <param name="outcome">The value, or why there is none.</param>
    /// <param name="last">As in <see cref="Bad"/>; not used if there is a value.</param>
    /// <param name="lastAt">As in <see cref="Bad"/>.</param>
    public static Point Of(string name, ValueOutcome outcome, PointValue? last = null, DateTimeOffset? lastAt = null) =>
        outcome.Value is { } value ? new Point(name) { Value = value } : Bad(name, outcome.Status, outcome.Reason!, last, lastAt);

    /// <summary>No value. The last good one may be told, with its own time.</summary>
    /// <param name="name">The point.</param>
    /// <param name="status">Any but a good one.</param>
    /// <param name="reason">A few words.</param>
    /// <param name="last">Left out when not finite or without <paramref name="lastAt"/>.</param>
    /// <param name="lastAt">Time of the frame that <paramref name="last"/> came in.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is good.</exception>
    public static Point Bad(
        string name,
        StatusCode status,
        string reason,
        PointValue? last = null,
        DateTimeOffset? lastAt = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        if (status.IsGood)
        {
            throw new ArgumentOutOfRangeException(nameof(status), status, "A point without a value cannot be good.");
        }

        var isLastKnown = last is { IsFinite: true } && lastAt is not null;
        return new Point(name)
        {
            Status = status,
            Reason = reason,
            LastValue = isLastKnown ? last : null,
            LastAt = isLastKnown ? lastAt : null,
        };
    }
}
