namespace Sallyport.Simulator.Plant;

/// <summary>The place of a pair of holding registers that never gives the same value twice.</summary>
/// <param name="UnitId">Modbus unit, 1 to 247.</param>
/// <param name="Address">Wire address of the first register, counted from 0.</param>
internal readonly record struct PlantPoint(byte UnitId, ushort Address)
{
    /// <inheritdoc />
    public override string ToString() => $"unit {UnitId}, holding register {Address}";
}
