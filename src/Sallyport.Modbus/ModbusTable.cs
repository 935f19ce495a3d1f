namespace Sallyport.Modbus;

/// <summary>One of the four tables of the Modbus data model, with the one function that reads it.</summary>
/// <remarks>Closed: the constructor is private and the class sealed, so no other function code can reach a request.
/// Modbus Application Protocol Specification V1.1b3, sections 4.3 and 6.1 to 6.4.</remarks>
public sealed class ModbusTable
{
    private ModbusTable(string name, byte functionCode, bool holdsBits)
    {
        (Name, FunctionCode, HoldsBits) = (name, functionCode, holdsBits);
    }

    /// <summary>Bits that the controller's program may write. Read by function 1.</summary>
    public static ModbusTable Coil { get; } = new("coil", functionCode: 1, holdsBits: true);

    /// <summary>Bits that only the hardware sets. Read by function 2.</summary>
    public static ModbusTable DiscreteInput { get; } = new("discreteInput", functionCode: 2, holdsBits: true);

    /// <summary>Registers that the controller's program may write. Read by function 3.</summary>
    public static ModbusTable HoldingRegister { get; } = new("holdingRegister", functionCode: 3, holdsBits: false);

    /// <summary>Registers that only the hardware sets. Read by function 4.</summary>
    public static ModbusTable InputRegister { get; } = new("inputRegister", functionCode: 4, holdsBits: false);

    /// <summary>All there are.</summary>
    public static IReadOnlyList<ModbusTable> All { get; } = [Coil, DiscreteInput, HoldingRegister, InputRegister];

    /// <summary>The name used in configuration and metadata.</summary>
    public string Name { get; }

    /// <summary>The function that reads this table: 1 to 4.</summary>
    public byte FunctionCode { get; }

    /// <summary>Whether an address holds one bit; else it holds a register of 16 bits.</summary>
    public bool HoldsBits { get; }

    /// <summary>The most addresses that one request may read: 2000 bits or 125 registers.</summary>
    public int MaxQuantity => HoldsBits ? 2000 : 125;

    /// <summary>The <see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
