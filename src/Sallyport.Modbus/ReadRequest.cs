namespace Sallyport.Modbus;

/// <summary>A request to read consecutive addresses of one table.</summary>
public sealed class ReadRequest : ModbusRequest
{
    /// <summary>The first address that does not exist.</summary>
    public const int AddressSpace = 65_536;

    /// <summary>Creates a request.</summary>
    /// <param name="table">What to read.</param>
    /// <param name="address">The first address as it goes over the wire, 0 to 65535.</param>
    /// <param name="quantity">How many, 1 to <see cref="ModbusTable.MaxQuantity"/>; the last one must be 65535 or below.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public ReadRequest(ModbusTable table, int address, int quantity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, table.MaxQuantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, AddressSpace - quantity);
        (Table, Address, Quantity) = (table, (ushort)address, (ushort)quantity);
    }

    /// <summary>What to read.</summary>
    public ModbusTable Table { get; }

    /// <summary>The first address.</summary>
    public ushort Address { get; }

    /// <summary>How many addresses.</summary>
    public ushort Quantity { get; }

    /// <summary>The data bytes that a correct reply has: two per register, one per eight bits begun. 1 to 250.</summary>
    public int ByteCount => Table.HoldsBits ? (Quantity + 7) / 8 : Quantity * 2;

    /// <inheritdoc/>
    public override byte FunctionCode => Table.FunctionCode;

    /// <inheritdoc/>
    public override int MaxReplyPduLength => ReplyPdu.DataOffset + ByteCount;

    /// <summary>For example <c>holdingRegister 100..109</c>.</summary>
    public override string ToString() => $"{Table} {Address}..{Address + Quantity - 1}";
}
