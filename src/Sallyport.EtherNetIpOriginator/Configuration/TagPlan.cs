using Sallyport.Acquisition;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIpOriginator.Configuration;

/// <summary>One value of a controller.</summary>
/// <param name="Name">As configured, unique within the controller; an element of a list of them has its index behind it.</param>
/// <param name="Tag">The tag, an element or a member of it, or a bit.</param>
/// <param name="Type">Its type; null if the controller is to say.</param>
/// <param name="Encoding">What the bytes of a text mean.</param>
public sealed record TagPlan(string Name, TagName Tag, CipDataType? Type, TextEncoding Encoding)
{
    /// <summary>What is done to the value before it is told.</summary>
    public ValueTransform Transform { get; init; } = ValueTransform.None;

    /// <summary>Engineering unit, for metadata alone; null if nobody said.</summary>
    public string? EngineeringUnit { get; init; }

    /// <summary>How far it may move without being reported, in groups that report changes.</summary>
    public Deadband Deadband { get; init; }

    /// <summary>What the controller is asked for.</summary>
    public TagRequest Request => new(Tag, Type, Encoding);

    private bool NeedsNumber => Transform.Words.IsEmpty && (!Transform.KeepsIntegers || Transform.Min is not null || Transform.Max is not null);

    /// <summary>What is told of the value.</summary>
    /// <param name="raw">What the controller answered.</param>
    /// <param name="scale">What became of the tag that has its power of ten; not looked at if there is none.</param>
    public ValueOutcome ValueOf(ValueOutcome raw, ValueOutcome scale)
    {
        // The type may be known only now.
        if (NeedsNumber && raw.Value is { Kind: PointValueKind.Text or PointValueKind.Flag })
        {
            return ValueOutcome.Bad(StatusCode.BadConfigurationError, "not a number, so that it cannot be computed with");
        }

        return Transform.ScaleFrom is null ? Transform.Apply(raw) : Transform.Apply(raw, scale);
    }

    /// <inheritdoc/>
    public bool Equals(TagPlan? other) =>
        other is not null
        && string.Equals(Name, other.Name, StringComparison.Ordinal)
        && string.Equals(Tag.Text, other.Tag.Text, StringComparison.Ordinal)
        && (Type, Encoding, Deadband) == (other.Type, other.Encoding, other.Deadband)
        && string.Equals(EngineeringUnit, other.EngineeringUnit, StringComparison.Ordinal)
        && Transform == other.Transform;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Tag.Text, Type, Encoding, Deadband, EngineeringUnit, Transform);
}
