using CsCheck;

namespace Sallyport.Modbus.Tests;

/// <summary>Points and limits of all kinds, where the limits let each point be read.</summary>
internal static class AnyPlan
{
    private static readonly Gen<AddressRange> Hole = Gen.Select(Gen.Int[0, 3], Gen.OneOf(Gen.Int[0, 400], Gen.Int[65_000, 65_500]), Gen.Int[0, 20])
        .Select((table, from, length) => new AddressRange(ModbusTable.All[table], from, from + length));

    private static readonly Gen<ReadCost> Cost = Gen.OneOf(
        Gen.Const(ReadCost.ForTcp),
        Gen.Int[1, 200_000].Select(ReadCost.ForSerial),
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 3], Gen.Int[0, 3]).Select((request, register, bit) => new ReadCost(request, register, bit)));

    private static readonly Gen<ReadLimits> Limits = Gen.Select(
        Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 2000], Gen.Int[1, 125], Gen.Int[1, 125]),
        Gen.OneOf(Gen.Const(-1), Gen.Int[0, 60]),
        OneOf(true, true, true, true, false),
        OneOf(1, 1, 1, 2, 4, 10),
        OneOf(false, false, false, true),
        Hole.Array[0, 4],
        Cost).Select((caps, gap, coalesce, align, bitsFromZero, holes, cost) => new ReadLimits
        {
            MaxCoils = caps.Item1,
            MaxDiscreteInputs = caps.Item2,
            MaxHoldingRegisters = caps.Item3,
            MaxInputRegisters = caps.Item4,
            MaxGap = gap < 0 ? null : gap,
            Coalesce = coalesce,
            Align = align,
            BitsFromZero = bitsFromZero,
            Holes = new AddressHoles(holes),
            Cost = cost,
        });

    private static readonly Gen<PointAddress> Point = Gen.Select(
        Gen.Int[0, 3],
        Gen.OneOf(Gen.Int[0, 400], Gen.Int[65_000, 65_530], Gen.Int[0, 65_530]),
        OneOf(1, 1, 2, 2, 4, 5),
        OneOf<string?>(null, null, null, null, null, "a", "b", "c"))
        .Select((table, address, width, atomic) =>
            new PointAddress(ModbusTable.All[table], (ushort)address, ModbusTable.All[table].HoldsBits ? 1 : width) { Atomic = atomic });

    public static Gen<(PointAddress[] Points, ReadLimits Limits)> Of(int min, int max) =>
        Gen.Select(Point.Array[min, max], Limits).Select((points, limits) => (Readable(points, limits), limits));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    // As the configuration does it: what the limits do not let be read is left out, and what does not fit its atomic group leaves that.
    private static PointAddress[] Readable(PointAddress[] points, ReadLimits limits)
    {
        var extents = new Dictionary<(ModbusTable, string), (int From, int End)>();
        var readable = new List<PointAddress>();
        foreach (PointAddress point in points)
        {
            int end = point.Address + point.Width;
            if (limits.ObstacleTo(point.Table, point.Address, end) is not ReadObstacle.None)
            {
                continue;
            }

            if (point.Atomic is null)
            {
                readable.Add(point);
                continue;
            }

            (int From, int End) extent = extents.TryGetValue((point.Table, point.Atomic), out (int From, int End) known)
                ? (Math.Min(known.From, point.Address), Math.Max(known.End, end))
                : (point.Address, end);
            bool fits = limits.ObstacleTo(point.Table, extent.From, extent.End) is ReadObstacle.None;
            readable.Add(fits ? point : point with { Atomic = null });
            if (fits)
            {
                extents[(point.Table, point.Atomic)] = extent;
            }
        }

        return [.. readable];
    }
}
