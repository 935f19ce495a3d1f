namespace Sallyport.Modbus;

/// <summary>What the bits at an address mean.</summary>
public enum DataType
{
    /// <summary>One bit of a coil or a discrete input.</summary>
    Bit,

    /// <summary>One register, two's complement.</summary>
    Signed16,

    /// <summary>One register.</summary>
    Unsigned16,

    /// <summary>Two registers, two's complement.</summary>
    Signed32,

    /// <summary>Two registers.</summary>
    Unsigned32,

    /// <summary>Two registers, IEEE 754 binary32.</summary>
    Real32,
}
