using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Configuration;

/// <summary>One value of a unit.</summary>
/// <param name="Name">As configured; unique within the unit.</param>
/// <param name="Address">Where it lies.</param>
/// <param name="Order">How its bytes are ordered.</param>
internal sealed record PointPlan(string Name, PointAddress Address, WordOrder Order);
