namespace Sallyport.Modbus;

/// <summary>What the bits at an address mean.</summary>
public enum DataType
{
    /// <summary>One bit of a coil or a discrete input.</summary>
    Bit,

    /// <summary>One bit of a register: <see cref="ValueFormat.BitNumber"/>.</summary>
    RegisterBit,

    /// <summary>The more significant byte of a register, two's complement.</summary>
    Signed8High,

    /// <summary>The less significant byte of a register, two's complement.</summary>
    Signed8Low,

    /// <summary>The more significant byte of a register.</summary>
    Unsigned8High,

    /// <summary>The less significant byte of a register.</summary>
    Unsigned8Low,

    /// <summary>One register, two's complement.</summary>
    Signed16,

    /// <summary>One register.</summary>
    Unsigned16,

    /// <summary>Two registers, two's complement.</summary>
    Signed32,

    /// <summary>Two registers.</summary>
    Unsigned32,

    /// <summary>Four registers, two's complement.</summary>
    Signed64,

    /// <summary>Four registers.</summary>
    Unsigned64,

    /// <summary>One register, IEEE 754 binary16.</summary>
    Real16,

    /// <summary>Two registers, IEEE 754 binary32.</summary>
    Real32,

    /// <summary>Four registers, IEEE 754 binary64.</summary>
    Real64,

    /// <summary>One register of four decimal digits, four bits each.</summary>
    Decimal16,

    /// <summary>Two registers of eight decimal digits.</summary>
    Decimal32,

    /// <summary>Four registers of sixteen decimal digits.</summary>
    Decimal64,

    /// <summary>Characters: <see cref="ValueFormat.Text"/>.</summary>
    Text,
}
