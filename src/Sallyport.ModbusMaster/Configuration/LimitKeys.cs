using Sallyport.Hosting.Configuration;
using Sallyport.Modbus;

namespace Sallyport.ModbusMaster.Configuration;

/// <summary>The member of a unit that says how its requests are made: limits.</summary>
internal static class LimitKeys
{
    private const string Key = "limits";

    private const int MaxHoles = 256;
    private const int MaxAlign = 125;
    private const int MaxBits = 2000;
    private const int MaxRegisters = 125;

    private static readonly string[] Keys =
        ["maxCoils", "maxDiscreteInputs", "maxHoldingRegisters", "maxInputRegisters", "maxGap", "coalesce", "align", "bitsFromZero", "holes"];

    /// <summary>Names of the members.</summary>
    public static IReadOnlyList<string> All { get; } = [Key];

    /// <summary>Reads the limits of a unit; what is refused has a value that nothing uses, since the plan is refused as a whole.</summary>
    public static ReadLimits Read(DesiredReader entry, ConnectionPlan? connection)
    {
        ReadLimits limits = ReadLimits.Default with { Cost = CostOf(connection) };
        DesiredReader section = entry[Key];
        if (!section.Exists || !section.IsObjectOf(Keys))
        {
            return limits;
        }

        section["maxCoils"].TryInteger(1, MaxBits, MaxBits, out int coils);
        section["maxDiscreteInputs"].TryInteger(1, MaxBits, MaxBits, out int discreteInputs);
        section["maxHoldingRegisters"].TryInteger(1, MaxRegisters, MaxRegisters, out int holdingRegisters);
        section["maxInputRegisters"].TryInteger(1, MaxRegisters, MaxRegisters, out int inputRegisters);
        section["maxGap"].TryInteger(0, MaxBits, 0, out int gap);
        section["coalesce"].TryFlag(absent: true, out bool coalesce);
        section["align"].TryInteger(1, MaxAlign, 1, out int align);
        section["bitsFromZero"].TryFlag(absent: false, out bool bitsFromZero);
        return limits with
        {
            MaxCoils = coils,
            MaxDiscreteInputs = discreteInputs,
            MaxHoldingRegisters = holdingRegisters,
            MaxInputRegisters = inputRegisters,
            MaxGap = section["maxGap"].Exists ? gap : null,
            Coalesce = coalesce,
            Align = Math.Max(1, align),
            BitsFromZero = bitsFromZero,
            Holes = ReadHoles(section["holes"]),
        };
    }

    // The one place that knows what a request costs on which kind of connection.
    private static ReadCost CostOf(ConnectionPlan? connection)
    {
        _ = connection;
        return ReadCost.ForTcp;
    }

    private static AddressHoles ReadHoles(DesiredReader section)
    {
        if (!section.Exists)
        {
            return AddressHoles.None;
        }

        var holes = new List<AddressRange>();
        foreach (DesiredReader entry in section.Items(MaxHoles))
        {
            if (entry.IsObjectOf("table", "from", "to")
                & entry["table"].TryChoice(Vocabulary.Tables, out ModbusTable? table)
                & entry["from"].TryInteger(ushort.MinValue, ushort.MaxValue, out int from)
                && entry["to"].TryInteger(from, ushort.MaxValue, out int to))
            {
                holes.Add(new AddressRange(table!, from, to));
            }
        }

        return new AddressHoles(holes);
    }
}
