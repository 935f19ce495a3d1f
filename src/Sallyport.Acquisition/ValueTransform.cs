using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition;

/// <summary>What is done to the number that a device answered before it is told. Immutable; equal if it does the same.</summary>
/// <remarks>In this order: numbers that mean "not available", the power of ten that another point holds, scale, offset, bounds; or words instead of
/// all that comes after the first. A whole number stays one unless it is scaled or shifted.</remarks>
public sealed record ValueTransform
{
    private readonly double? _scale;
    private readonly double? _offset;
    private readonly DecimalLine? _line;

    /// <summary>Nothing is done.</summary>
    public static ValueTransform None { get; } = new();

    /// <summary>Numbers of the device that mean that there is no value; compared before anything else is done.</summary>
    public ImmutableArray<PointValue> NullValues { get; init; } = [];

    /// <summary>The number is multiplied by this.</summary>
    public double? Scale
    {
        get => _scale;
        init => (_scale, _line) = (value, DecimalLine.From(value ?? 1, _offset ?? 0));
    }

    /// <summary>This is added to it.</summary>
    public double? Offset
    {
        get => _offset;
        init => (_offset, _line) = (value, DecimalLine.From(_scale ?? 1, value ?? 0));
    }

    /// <summary>What is less becomes this.</summary>
    public double? Min { get; init; }

    /// <summary>What is more becomes this.</summary>
    public double? Max { get; init; }

    /// <summary>Texts instead of whole numbers, or of false (0) and true (1). A number without a text is a bad point: a consumer of texts never meets a number.</summary>
    public ImmutableSortedDictionary<long, string> Words { get; init; } = ImmutableSortedDictionary<long, string>.Empty;

    /// <summary>Name of the point whose value is the power of ten that this one is multiplied by; null if there is none.</summary>
    public string? ScaleFrom { get; init; }

    /// <summary>Whether a whole number of the device is still one afterwards.</summary>
    public bool KeepsIntegers => Scale is null && Offset is null && ScaleFrom is null && Words.IsEmpty;

    /// <summary>Transforms a value that needs no other point.</summary>
    /// <param name="raw">What the device answered; what is bad stays so.</param>
    public ValueOutcome Apply(ValueOutcome raw) =>
        ScaleFrom is null ? Apply(raw, power: 0) : raw.Value is null ? raw : ValueOutcome.Bad(StatusCode.BadConfigurationError, "its scale was not read");

    /// <summary>Transforms a value by the power of ten that <see cref="ScaleFrom"/> has in the same poll.</summary>
    /// <param name="raw">What the device answered; what is bad stays so.</param>
    /// <param name="scale">What became of the other point; if that is bad, so is this one.</param>
    public ValueOutcome Apply(ValueOutcome raw, ValueOutcome scale)
    {
        if (raw.Value is null || IsNull(raw.Value.Value))
        {
            return Apply(raw, power: 0);
        }

        return scale switch
        {
            { Value: null } => ValueOutcome.Bad(scale.Status, $"no scale: {scale.Reason}"),
            { Value: { Kind: PointValueKind.SignedInteger } power } => Apply(raw, power.AsInt64()),
            _ => ValueOutcome.Bad(StatusCode.BadConfigurationError, "the scale is not a whole number"),
        };
    }

    /// <inheritdoc/>
    public bool Equals(ValueTransform? other) =>
        other is not null
        && NullValues.AsSpan().SequenceEqual(other.NullValues.AsSpan())
        && (Scale, Offset, Min, Max) == (other.Scale, other.Offset, other.Min, other.Max)
        && string.Equals(ScaleFrom, other.ScaleFrom, StringComparison.Ordinal)
        && Words.SequenceEqual(other.Words);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NullValues.Length, Scale, Offset, Min, Max, Words.Count, ScaleFrom);

    private ValueOutcome Apply(ValueOutcome raw, long power)
    {
        if (ReferenceEquals(this, None) || raw.Value is not { } value)
        {
            return raw;
        }

        if (IsNull(value))
        {
            return ValueOutcome.Bad(StatusCode.BadNoData, "not available");
        }

        if (!Words.IsEmpty)
        {
            return InWords(value);
        }

        if (KeepsIntegers)
        {
            return ValueOutcome.Good(Bounded(value));
        }

        return PowerOfTen.TryScale(value.AsDouble(), power, out double number)
            ? Scaled(value, number)
            : ValueOutcome.Bad(StatusCode.BadOutOfRange, string.Create(CultureInfo.InvariantCulture, $"scale 10^{power}"));
    }

    // What is beyond all numbers is bad and does not become a bound: nobody measured it.
    private ValueOutcome Scaled(PointValue raw, double number)
    {
        double scaled = ScaleFrom is null && _line is { } line && line.TryApply(raw, out double exact)
            ? exact
            : (number * (Scale ?? 1)) + (Offset ?? 0);
        ValueOutcome outcome = ValueOutcome.Good(PointValue.FromDouble(scaled));
        return outcome.Value is { } value ? ValueOutcome.Good(Bounded(value)) : outcome;
    }

    private bool IsNull(PointValue value)
    {
        foreach (PointValue reserved in NullValues.AsSpan())
        {
            if (value.IsSameNumberAs(reserved))
            {
                return true;
            }
        }

        return false;
    }

    private ValueOutcome InWords(PointValue value)
    {
        long? number = value.Kind switch
        {
            PointValueKind.Flag => value.AsBoolean() ? 1 : 0,
            PointValueKind.SignedInteger => value.AsInt64(),
            PointValueKind.UnsignedInteger when value.AsUInt64() <= long.MaxValue => value.AsInt64(),
            _ => null,
        };
        return number is { } key && Words.TryGetValue(key, out string? word)
            ? ValueOutcome.Good(PointValue.FromText(word))
            : ValueOutcome.Bad(StatusCode.BadOutOfRange, $"no word for {value}");
    }

    private PointValue Bounded(PointValue value)
    {
        if (Min is null && Max is null)
        {
            return value;
        }

        double number = value.AsDouble();
        return number < Min ? value.WithNumber(Min.Value) : number > Max ? value.WithNumber(Max.Value) : value;
    }
}
