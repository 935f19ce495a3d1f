namespace Sallyport.Simulator.Plant;

/// <summary>A place of the plant that never gives the same value twice. Closed: a pair of registers, or a tag.</summary>
internal abstract record PlantPoint
{
    private PlantPoint()
    {
    }

    /// <summary>A pair of Modbus holding registers.</summary>
    /// <param name="UnitId">Modbus unit, 1 to 247.</param>
    /// <param name="Address">Wire address of the first register, counted from 0.</param>
    internal sealed record HoldingRegister(byte UnitId, ushort Address) : PlantPoint
    {
        /// <inheritdoc />
        public override string ToString() => $"unit {UnitId}, holding register {Address}";
    }

    /// <summary>A tag of an EtherNet/IP controller, or a member of one.</summary>
    /// <param name="Controller">The controller as the configuration names it.</param>
    /// <param name="Path">The tag as clients name it.</param>
    internal sealed record Tag(string Controller, string Path) : PlantPoint
    {
        /// <inheritdoc />
        public override string ToString() => $"controller {Controller}, tag {Path}";
    }
}
