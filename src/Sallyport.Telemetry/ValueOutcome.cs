namespace Sallyport.Telemetry;

/// <summary>A value, or why there is none. Costs no allocation. The default is the good value <c>false</c>.</summary>
public readonly record struct ValueOutcome
{
    private readonly PointValue _value;

    private ValueOutcome(PointValue value, StatusCode status, string? reason)
    {
        (_value, Status, Reason) = (value, status, reason);
    }

    /// <summary>The value; null unless the status is good.</summary>
    public PointValue? Value => Reason is null ? _value : null;

    /// <summary>Good, or what kind of failure it is.</summary>
    public StatusCode Status { get; }

    /// <summary>A few words; null when good.</summary>
    public string? Reason { get; }

    /// <summary>There is a value. NaN and infinity become <see cref="StatusCode.BadOutOfRange"/>, as no message has words for them.</summary>
    public static ValueOutcome Good(PointValue value) =>
        value.IsFinite ? new ValueOutcome(value, StatusCode.Good, reason: null) : Bad(StatusCode.BadOutOfRange, "not finite");

    /// <summary>There is none.</summary>
    /// <param name="status">Any but a good one.</param>
    /// <param name="reason">A few words.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is good.</exception>
    public static ValueOutcome Bad(StatusCode status, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return status.IsGood
            ? throw new ArgumentOutOfRangeException(nameof(status), status, "What is not there cannot be good.")
            : new ValueOutcome(default, status, reason);
    }
}
