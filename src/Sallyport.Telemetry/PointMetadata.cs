namespace Sallyport.Telemetry;

/// <summary>What does not change from frame to frame about a point.</summary>
/// <param name="Name"><c>n</c> in frames.</param>
/// <param name="Group">Its poll group.</param>
/// <param name="Type">Data type in the configuration's words, for example <c>float32</c>.</param>
/// <param name="Table">Where in the device, for example <c>holdingRegister</c>; null where the protocol has no tables.</param>
/// <param name="Address">Address or path in the protocol's own form.</param>
/// <param name="Unit">Engineering unit, for example <c>°C</c>; null if nobody said.</param>
/// <param name="Order">In which order the bytes come, for example <c>CDAB</c>; null where the protocol or the type leaves no choice.</param>
/// <param name="Scale">What the device's number was multiplied by; null if by nothing.</param>
/// <param name="Offset">What was added after that; null if nothing.</param>
public sealed record PointMetadata(
    string Name,
    string Group,
    string Type,
    string? Table,
    string Address,
    string? Unit = null,
    string? Order = null,
    double? Scale = null,
    double? Offset = null);
