namespace Sallyport.Modbus;

/// <summary>Consecutive addresses of one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="From">The first address.</param>
/// <param name="To">The last address; not below <paramref name="From"/>.</param>
public readonly record struct AddressRange(ModbusTable Table, int From, int To);
