namespace Sallyport.Modbus;

/// <summary>How far a device lets requests be merged.</summary>
/// <param name="MaxRegisters">The most registers in one request, 2 to 125: a 32-bit value must fit.</param>
/// <param name="MaxBits">The most bits in one request, 1 to 2000.</param>
/// <param name="MaxRegisterGap">Registers that nobody asked for may be read along when that saves a request, up to so many in a row.</param>
/// <param name="MaxBitGap">The same for bits.</param>
public readonly record struct ReadLimits(int MaxRegisters, int MaxBits, int MaxRegisterGap, int MaxBitGap)
{
    /// <summary>What the specification allows; gaps as large as a request of their own would be on the wire.</summary>
    public static ReadLimits Default { get; } = new(MaxRegisters: 125, MaxBits: 2000, MaxRegisterGap: 10, MaxBitGap: 160);

    /// <summary>The same limits, but no address is read that nobody asked for.</summary>
    public ReadLimits WithoutGaps => this with { MaxRegisterGap = 0, MaxBitGap = 0 };

    /// <summary>The most addresses in one request to this table.</summary>
    public int MaxQuantity(ModbusTable table) => table.HoldsBits ? MaxBits : MaxRegisters;

    /// <summary>The most addresses in a row that are read without need.</summary>
    public int MaxGap(ModbusTable table) => table.HoldsBits ? MaxBitGap : MaxRegisterGap;
}
