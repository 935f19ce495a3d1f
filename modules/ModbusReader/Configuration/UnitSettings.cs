using Sallyport.Modbus;

namespace Sallyport.ModbusReader.Configuration;

/// <summary>What a unit's own entry says.</summary>
/// <param name="Connection">The way to it; null if that was refused.</param>
/// <param name="UnitId">Its id behind the connection.</param>
/// <param name="Order">The word order of its points that do not say otherwise.</param>
internal sealed record UnitSettings(ConnectionPlan? Connection, byte UnitId, WordOrder Order);
