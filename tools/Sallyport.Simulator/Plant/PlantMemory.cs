using System.Buffers.Binary;

namespace Sallyport.Simulator.Plant;

/// <summary>Answers the read requests of Modbus from the units of the plant, and refuses all others.</summary>
/// <remarks>MODBUS Application Protocol Specification V1.1b3, sections 6.1 to 6.4 and 7. No sockets: bytes in, bytes out.</remarks>
internal sealed class PlantMemory(IEnumerable<PlantUnit> units, PlantLedger ledger)
{
    private const byte IllegalFunction = 1;
    private const byte IllegalDataAddress = 2;
    private const byte IllegalDataValue = 3;
    private const byte TargetFailedToRespond = 0x0B;
    private const int MostBits = 2000;
    private const int MostRegisters = 125;

    private readonly Dictionary<byte, PlantUnit> _units = units.ToDictionary(unit => unit.UnitId);

    /// <summary>The list of unique values given out.</summary>
    public PlantLedger Ledger { get; } = ledger;

    /// <summary>All places that give unique values.</summary>
    public IEnumerable<PlantPoint.HoldingRegister> UniquePoints => _units.Values.OrderBy(unit => unit.UnitId).SelectMany(unit => unit.UniquePoints);

    /// <summary>What the value at a place can be, or null when nobody knows.</summary>
    public LivingValue? FindLiving(byte unitId, PlantTable table, ushort address) => _units.GetValueOrDefault(unitId)?.FindLiving(table, address);

    /// <summary>An answer that says no.</summary>
    /// <param name="function">Function code of the request.</param>
    /// <param name="exception">Why not.</param>
    public static PlantAnswer Refusal(byte function, byte exception) => new([(byte)(function | 0x80), exception], []);

    /// <summary>Answers one request.</summary>
    /// <param name="unitId">Unit of the request's header.</param>
    /// <param name="pdu">Function code and what follows it, 1 to 253 bytes.</param>
    /// <param name="at">The plant's running time.</param>
    public PlantAnswer Answer(byte unitId, ReadOnlySpan<byte> pdu, TimeSpan at)
    {
        var function = pdu[0];
        if (!_units.TryGetValue(unitId, out var unit))
        {
            return Refusal(function, TargetFailedToRespond);
        }

        if (function is < (byte)PlantTable.Coil or > (byte)PlantTable.InputRegister)
        {
            return Refusal(function, IllegalFunction);
        }

        var table = (PlantTable)function;
        var most = table is PlantTable.Coil or PlantTable.DiscreteInput ? MostBits : MostRegisters;
        if (pdu.Length != 5)
        {
            return Refusal(function, IllegalDataValue);
        }

        int start = BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]);
        int count = BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]);
        if (count < 1 || count > most)
        {
            return Refusal(function, IllegalDataValue);
        }

        return start + count > ushort.MaxValue + 1 ? Refusal(function, IllegalDataAddress)
            : most == MostBits ? Bits(unit, table, start, count, at)
            : Registers(unit, table, start, count, at);
    }

    private static PlantAnswer Bits(PlantUnit unit, PlantTable table, int start, int count, TimeSpan at)
    {
        var pdu = new byte[2 + ((count + 7) / 8)];
        pdu[0] = (byte)table;
        pdu[1] = (byte)(pdu.Length - 2);
        for (var i = 0; i < count; i++)
        {
            if (unit.FindBit(table, (ushort)(start + i), at) is not { } bit)
            {
                return Refusal((byte)table, IllegalDataAddress);
            }

            pdu[2 + (i / 8)] |= (byte)(bit ? 1 << (i % 8) : 0);
        }

        return new(pdu, []);
    }

    private PlantAnswer Registers(PlantUnit unit, PlantTable table, int start, int count, TimeSpan at)
    {
        var words = new ushort[count];
        List<(int Index, WordOrder Order)> unique = [];
        for (var i = 0; i < count; i++)
        {
            var address = (ushort)(start + i);
            if (unit.FindUnique(table, address) is { } order && i + 1 < count)
            {
                unique.Add((i++, order));
            }
            else if (unit.FindWord(table, address, at) is { } word)
            {
                words[i] = word;
            }
            else
            {
                return Refusal((byte)table, IllegalDataAddress);
            }
        }

        // Drawn only now: a refused request must not use up values.
        List<ServedValue> drawn = [];
        foreach (var (index, order) in unique)
        {
            var value = Ledger.Draw(new PlantPoint.HoldingRegister(unit.UnitId, (ushort)(start + index)));
            (words[index], words[index + 1]) = RegisterPair.Of(value.Value, order);
            drawn.Add(value);
        }

        var pdu = new byte[2 + (2 * count)];
        pdu[0] = (byte)table;
        pdu[1] = (byte)(2 * count);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(2 + (2 * i)), words[i]);
        }

        return new(pdu, drawn);
    }
}
