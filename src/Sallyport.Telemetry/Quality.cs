namespace Sallyport.Telemetry;

/// <summary>How far a value can be trusted, worst last: two of them compare by that order.</summary>
/// <remarks>OPC UA Part 4, 7.39: the two highest bits of a status code. The names are the values of the <c>quality</c> property.</remarks>
public enum Quality
{
    /// <summary>The value is what the device answered.</summary>
    Good,

    /// <summary>There is a value, but its quality is in doubt.</summary>
    Uncertain,

    /// <summary>There is no usable value.</summary>
    Bad,
}
