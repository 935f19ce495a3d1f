namespace Sallyport.Simulator.Plant;

/// <summary>The four tables of a Modbus device. The value is the function code that reads the table.</summary>
internal enum PlantTable
{
    /// <summary>Single bits that a master could write.</summary>
    Coil = 1,

    /// <summary>Single bits, read only.</summary>
    DiscreteInput = 2,

    /// <summary>16-bit words that a master could write.</summary>
    HoldingRegister = 3,

    /// <summary>16-bit words, read only.</summary>
    InputRegister = 4,
}
