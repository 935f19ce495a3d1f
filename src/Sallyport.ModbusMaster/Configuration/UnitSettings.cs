using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>What a unit's own entry says.</summary>
/// <param name="Connection">The way to it; null if that was refused.</param>
/// <param name="UnitId">Its id behind the connection.</param>
/// <param name="Order">The word order of its 16-bit and 32-bit points that do not say otherwise.</param>
/// <param name="Limits">How far requests to it may be merged.</param>
internal sealed record UnitSettings(ConnectionPlan? Connection, byte UnitId, WordOrder Order, ReadLimits Limits)
{
    /// <summary>The order of its 64-bit points that do not say otherwise.</summary>
    public WordOrder Order64 { get; init; } = Order;

    /// <summary>Whether it is asked who it is.</summary>
    public bool WantsIdentification { get; init; }
}
