namespace Sallyport.Modbus;

/// <summary>How a device lets itself be read, and what that costs.</summary>
public sealed record ReadLimits
{
    /// <summary>What the specification allows, over TCP.</summary>
    public static ReadLimits Default { get; } = new();

    /// <summary>The most coils in one request, 1 to 2000.</summary>
    public int MaxCoils { get; init; } = ModbusTable.Coil.MaxQuantity;

    /// <summary>The most discrete inputs in one request, 1 to 2000.</summary>
    public int MaxDiscreteInputs { get; init; } = ModbusTable.DiscreteInput.MaxQuantity;

    /// <summary>The most holding registers in one request, 1 to 125.</summary>
    public int MaxHoldingRegisters { get; init; } = ModbusTable.HoldingRegister.MaxQuantity;

    /// <summary>The most input registers in one request, 1 to 125.</summary>
    public int MaxInputRegisters { get; init; } = ModbusTable.InputRegister.MaxQuantity;

    /// <summary>Up to so many addresses in a row that nobody asked for are read along when that saves a request; null if <see cref="Cost"/> decides.</summary>
    public int? MaxGap { get; init; }

    /// <summary>Whether values may share a request at all; those of an atomic group do in any case.</summary>
    public bool Coalesce { get; init; } = true;

    /// <summary>Requests for registers begin at a multiple of this, at least 1.</summary>
    public int Align { get; init; } = 1;

    /// <summary>Whether requests for bits begin at address 0.</summary>
    public bool BitsFromZero { get; init; }

    /// <summary>Addresses that are never read.</summary>
    public AddressHoles Holes { get; init; } = AddressHoles.None;

    /// <summary>What a request and what is in it cost.</summary>
    public ReadCost Cost { get; init; } = ReadCost.ForTcp;

    /// <summary>The most addresses in one request to this table.</summary>
    public int MaxQuantity(ModbusTable table) =>
        ReferenceEquals(table, ModbusTable.Coil) ? MaxCoils
        : ReferenceEquals(table, ModbusTable.DiscreteInput) ? MaxDiscreteInputs
        : ReferenceEquals(table, ModbusTable.HoldingRegister) ? MaxHoldingRegisters
        : MaxInputRegisters;

    /// <summary>Where a request begins that brings the value at <paramref name="address"/> first.</summary>
    public int StartFor(ModbusTable table, int address) =>
        !table.HoldsBits ? address - (address % Align) : BitsFromZero ? 0 : address;

    /// <summary>The request for one value alone, which the limits allow to be read.</summary>
    public ReadRequest RequestFor(PointAddress point)
    {
        int start = StartFor(point.Table, point.Address);
        return new ReadRequest(point.Table, start, point.Address + point.Width - start);
    }

    /// <summary>What a request for so many addresses costs: the price of a request and, for each address, the price of one.</summary>
    /// <remarks>A given <see cref="MaxGap"/> puts the price of a request just above a gap of that size.</remarks>
    public long CostOf(ModbusTable table, int quantity) => MaxGap is { } gap
        ? (2L * gap) + 1 + (2L * quantity)
        : Cost.Request + (quantity * (table.HoldsBits ? Cost.Bit : Cost.Register));

    /// <summary>Whether one request can bring the addresses from <paramref name="from"/> up to, but not including, <paramref name="end"/>.</summary>
    public ReadObstacle ObstacleTo(ModbusTable table, int from, int end)
    {
        int start = StartFor(table, from);
        return end - start > MaxQuantity(table) ? ReadObstacle.Cap
            : Holes.Touch(table, start, end) ? ReadObstacle.Hole
            : ReadObstacle.None;
    }
}
