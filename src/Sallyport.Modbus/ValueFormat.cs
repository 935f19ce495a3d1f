namespace Sallyport.Modbus;

/// <summary>How the bits at an address make a value.</summary>
/// <param name="Type">What lies there: <see cref="DataType.Bit"/> in tables that hold bits, one of the others in tables that hold registers.</param>
/// <param name="Order">How its bytes are ordered; not used for bits.</param>
public sealed record ValueFormat(DataType Type, WordOrder Order)
{
    /// <summary>How many addresses a value takes: 1 or 2.</summary>
    public int Width => Type is DataType.Signed32 or DataType.Unsigned32 or DataType.Real32 ? 2 : 1;
}
