using System.Buffers.Binary;

namespace Sallyport.Simulator.Plant;

/// <summary>What one Modbus unit holds: living values in four tables, and pairs of holding registers with unique values.</summary>
/// <remarks>Filled once, then only read. Values are functions of the plant's running time, so one answer is one instant.</remarks>
internal sealed class PlantUnit(byte unitId)
{
    private readonly Dictionary<(PlantTable Table, ushort Address), Func<TimeSpan, bool>> _bits = [];
    private readonly Dictionary<(PlantTable Table, ushort Address), Func<TimeSpan, ushort>> _words = [];
    private readonly Dictionary<ushort, WordOrder> _unique = [];
    private readonly Dictionary<(PlantTable Table, ushort Address), LivingValue> _living = [];

    /// <summary>Modbus unit, 1 to 247.</summary>
    public byte UnitId { get; } = unitId;

    /// <summary>The places of this unit that give unique values.</summary>
    public IEnumerable<PlantPoint.HoldingRegister> UniquePoints => _unique.Keys.Order().Select(address => new PlantPoint.HoldingRegister(UnitId, address));

    /// <summary>Puts a bit into the coil or discrete input table.</summary>
    public PlantUnit Bit(PlantTable table, ushort address, Func<TimeSpan, bool> value)
    {
        _bits.Add((table, address), value);
        return this;
    }

    /// <summary>Puts a 16-bit word into a register table; signed values as their two's complement.</summary>
    public PlantUnit Word(PlantTable table, ushort address, Func<TimeSpan, int> value)
    {
        _words.Add((table, address), at => unchecked((ushort)value(at)));
        return this;
    }

    /// <summary>The same for a value of which is known what it can be.</summary>
    public PlantUnit Word(PlantTable table, ushort address, LivingValue value)
    {
        _living.Add((table, address), value);
        return Word(table, address, at => (int)value.At(at));
    }

    /// <summary>Fills addresses that mean nothing with zeros, as most devices do.</summary>
    public PlantUnit Reserved(PlantTable table, ushort first, ushort last)
    {
        for (int address = first; address <= last; address++)
        {
            Word(table, (ushort)address, _ => 0);
        }

        return this;
    }

    /// <summary>Puts a 32-bit integer into two registers.</summary>
    public PlantUnit DoubleWord(PlantTable table, ushort address, WordOrder order, Func<TimeSpan, long> value)
    {
        _words.Add((table, address), at => RegisterPair.Of(unchecked((uint)value(at)), order).First);
        _words.Add((table, (ushort)(address + 1)), at => RegisterPair.Of(unchecked((uint)value(at)), order).Second);
        return this;
    }

    /// <summary>The same for a value of which is known what it can be.</summary>
    public PlantUnit DoubleWord(PlantTable table, ushort address, WordOrder order, LivingValue value)
    {
        _living.Add((table, address), value);
        return DoubleWord(table, address, order, at => (long)value.At(at));
    }

    /// <summary>Puts a 32-bit floating point number into two registers.</summary>
    public PlantUnit Float(PlantTable table, ushort address, WordOrder order, LivingValue value)
    {
        _living.Add((table, address), value);
        return DoubleWord(table, address, order, at => BitsOf((float)value.At(at)));
    }

    /// <summary>Makes two holding registers give a new unique value at each read. A read of one half alone is refused.</summary>
    public PlantUnit Unique(ushort address, WordOrder order)
    {
        _unique.Add(address, order);
        return this;
    }

    /// <summary>The bit at an address, or null when there is none.</summary>
    public bool? FindBit(PlantTable table, ushort address, TimeSpan at) =>
        _bits.TryGetValue((table, address), out var value) ? value(at) : null;

    /// <summary>The word at an address, or null when there is none.</summary>
    public ushort? FindWord(PlantTable table, ushort address, TimeSpan at) =>
        _words.TryGetValue((table, address), out var value) ? value(at) : null;

    /// <summary>What the value at an address can be, or null when nobody knows.</summary>
    public LivingValue? FindLiving(PlantTable table, ushort address) => _living.GetValueOrDefault((table, address));

    /// <summary>The word order of the unique pair that starts at a holding register, or null when none does.</summary>
    public WordOrder? FindUnique(PlantTable table, ushort address) =>
        table is PlantTable.HoldingRegister && _unique.TryGetValue(address, out var order) ? order : null;

    private static uint BitsOf(float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleBigEndian(bytes, value);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
