namespace Sallyport.Modbus;

/// <summary>Where one value lies in a device.</summary>
/// <param name="Table">The table.</param>
/// <param name="Address">Its first address as it goes over the wire, 0 to 65535; with <see cref="Width"/> it must not exceed 65536.</param>
/// <param name="Type">What lies there: <see cref="DataType.Bit"/> in tables that hold bits, one of the others in tables that hold registers.</param>
public readonly record struct PointAddress(ModbusTable Table, ushort Address, DataType Type)
{
    /// <summary>How many addresses the value takes: 1 or 2.</summary>
    public int Width => WidthOf(Type);

    /// <summary>How many addresses a value of this type takes: 1 or 2.</summary>
    public static int WidthOf(DataType type) => type is DataType.Signed32 or DataType.Unsigned32 or DataType.Real32 ? 2 : 1;
}
