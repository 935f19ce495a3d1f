using Sallyport.Acquisition;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>One value of a unit.</summary>
/// <param name="Name">As configured; unique within the unit.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Format">How its bits make a value.</param>
public sealed record PointPlan(string Name, PointAddress Address, ValueFormat Format)
{
    /// <summary>What is done to the value before it is told.</summary>
    public ValueTransform Transform { get; init; } = ValueTransform.None;

    /// <summary>Engineering unit, for metadata alone; null if nobody said.</summary>
    public string? EngineeringUnit { get; init; }

    /// <summary>How far it may move without being reported, in groups that report changes.</summary>
    public Deadband Deadband { get; init; }
}
