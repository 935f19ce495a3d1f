namespace Sallyport.Modbus;

/// <summary>Where one value lies in a device.</summary>
/// <param name="Table">The table.</param>
/// <param name="Address">Its first address as it goes over the wire, 0 to 65535; with <see cref="Width"/> it must not exceed 65536.</param>
/// <param name="Width">How many addresses the value takes: 1 in tables that hold bits, 1 to 125 in tables that hold registers.</param>
public readonly record struct PointAddress(ModbusTable Table, ushort Address, int Width)
{
    /// <summary>All points of a table with the same text here are read in one request, so that they stem from one moment; null for a point that
    /// stands alone.</summary>
    public string? Atomic { get; init; }
}
