namespace Sallyport.Modbus;

/// <summary>How the bits at an address make a value.</summary>
/// <param name="Type">What lies there: <see cref="DataType.Bit"/> in tables that hold bits, one of the others in tables that hold registers.</param>
/// <param name="Order">How its bytes are ordered; not used for <see cref="DataType.Bit"/> and <see cref="DataType.Text"/>.</param>
public sealed record ValueFormat(DataType Type, WordOrder Order)
{
    /// <summary>Which bit of the register, 0 (the least significant) to 15; only for <see cref="DataType.RegisterBit"/>.</summary>
    public int BitNumber { get; init; }

    /// <summary>How long a text is and how it is read; only for <see cref="DataType.Text"/>.</summary>
    public TextFormat Text { get; init; } = TextFormat.Shortest;

    /// <summary>How many addresses a value takes: 1, 2 or 4; a text up to 125.</summary>
    public int Width => Type switch
    {
        DataType.Signed32 or DataType.Unsigned32 or DataType.Real32 or DataType.Decimal32 => 2,
        DataType.Signed64 or DataType.Unsigned64 or DataType.Real64 or DataType.Decimal64 => 4,
        DataType.Text => Text.Registers,
        _ => 1,
    };

    /// <summary>Whether the value is a whole number.</summary>
    public bool IsInteger => Type is >= DataType.Signed8High and <= DataType.Unsigned64 or >= DataType.Decimal16 and <= DataType.Decimal64;

    /// <summary>Whether the value is a number at all: neither a bit nor a text.</summary>
    public bool IsNumber => Type is >= DataType.Signed8High and <= DataType.Decimal64;

    /// <summary>Whether <see cref="Order"/> has a meaning.</summary>
    public bool HasOrder => Type is not (DataType.Bit or DataType.Text);
}
