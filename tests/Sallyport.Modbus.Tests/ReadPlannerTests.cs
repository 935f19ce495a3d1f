using System.Collections.Immutable;
using CsCheck;

namespace Sallyport.Modbus.Tests;

public sealed class ReadPlannerTests
{
    private static readonly Gen<PointAddress> AnyPoint =
        Gen.Select(Gen.Int[0, 3], Gen.OneOf(Gen.Int[0, 400], Gen.Int[65_000, 65_534], Gen.Int[0, 65_534]), Gen.Int[1, 2]).Select((table, address, width) =>
            new PointAddress(ModbusTable.All[table], (ushort)address, ModbusTable.All[table].HoldsBits ? 1 : width));

    private static readonly Gen<ReadLimits> AnyLimits =
        Gen.Select(Gen.Int[2, 125], Gen.Int[1, 2000], Gen.Int[0, 50], Gen.Int[0, 500])
            .Select((registers, bits, registerGap, bitGap) => new ReadLimits(registers, bits, registerGap, bitGap));

    [Fact]
    public void Every_point_is_covered_exactly_once_by_a_request_within_the_caps() =>
        Gen.Select(AnyPoint.Array[0, 300], AnyLimits).Sample((points, limits) =>
            AssertCovers(ReadPlanner.Plan(points, limits), points, Enumerable.Range(0, points.Length), limits));

    [Fact]
    public void A_divided_request_still_covers_its_points_and_gets_smaller_until_nothing_is_left_to_divide() =>
        Gen.Select(AnyPoint.Array[1, 100], AnyLimits).Sample((points, limits) =>
        {
            var queue = new Queue<PlannedRead>(ReadPlanner.Plan(points, limits));
            while (queue.TryDequeue(out PlannedRead? read))
            {
                ImmutableArray<PlannedRead> parts = ReadPlanner.Divide(read, points, limits);
                Assert.True(parts.Length >= 2 || read.Points.Length == 1);
                if (parts.Length > 0)
                {
                    AssertCovers(parts, points, read.Points.Select(point => point.Index), limits);
                    Assert.All(parts, part => Assert.True(part.Points.Length < read.Points.Length));
                }

                foreach (PlannedRead part in parts)
                {
                    queue.Enqueue(part);
                }
            }
        });

    [Fact]
    public void Touching_values_share_a_request_whatever_order_they_are_configured_in()
    {
        PointAddress[] points =
        [
            Register(104, 1),
            Register(100, 2),
            Register(102, 2),
        ];
        PlannedRead read = Assert.Single(ReadPlanner.Plan(points, ReadLimits.Default));
        Assert.Equal("holdingRegister 100..104", read.Request.ToString());
        Assert.Equal([new(1, 0), new(2, 2), new(0, 4)], read.Points);
    }

    [Fact]
    public void A_small_gap_is_read_along_and_a_large_one_is_not()
    {
        PointAddress[] points = [Register(0, 1), Register(11, 1), Register(23, 1)];
        Assert.Equal("holdingRegister 0..11; holdingRegister 23..23", Requests(points, ReadLimits.Default));
        Assert.Equal(
            "holdingRegister 0..0; holdingRegister 11..11; holdingRegister 23..23",
            Requests(points, ReadLimits.Default.WithoutGaps));
    }

    [Fact]
    public void A_value_that_does_not_fit_goes_whole_into_the_next_request()
    {
        PointAddress[] points = [.. Enumerable.Range(0, 63).Select(i => Register(i * 2, 2))];
        Assert.Equal("holdingRegister 0..123; holdingRegister 124..125", Requests(points, ReadLimits.Default));
    }

    [Fact]
    public void Tables_never_share_a_request()
    {
        PointAddress[] points =
        [
            new(ModbusTable.InputRegister, 0, 1),
            new(ModbusTable.Coil, 0, 1),
            new(ModbusTable.HoldingRegister, 0, 1),
            new(ModbusTable.DiscreteInput, 0, 1),
        ];
        Assert.Equal(
            "coil 0..0; discreteInput 0..0; holdingRegister 0..0; inputRegister 0..0",
            Requests(points, ReadLimits.Default));
    }

    [Fact]
    public void Two_thousand_bits_are_one_request_and_one_more_is_two()
    {
        PointAddress[] points = [.. Enumerable.Range(0, 2001).Select(i => new PointAddress(ModbusTable.Coil, (ushort)i, Width: 1))];
        Assert.Equal("coil 0..1999; coil 2000..2000", Requests(points, ReadLimits.Default));
    }

    [Fact]
    public void The_last_address_of_the_space_can_be_read()
    {
        Assert.Equal(
            "holdingRegister 65534..65535",
            Requests([Register(65_534, 2), Register(65_535, 1)], ReadLimits.Default));
    }

    [Fact]
    public void A_refused_request_is_divided_at_its_gaps_first()
    {
        PointAddress[] points = [Register(0, 1), Register(1, 1), Register(9, 1)];
        PlannedRead read = Assert.Single(ReadPlanner.Plan(points, ReadLimits.Default));
        Assert.Equal(
            "holdingRegister 0..1; holdingRegister 9..9",
            Joined(ReadPlanner.Divide(read, points, ReadLimits.Default)));
    }

    private static void AssertCovers(
        ImmutableArray<PlannedRead> reads, PointAddress[] points, IEnumerable<int> wanted, ReadLimits limits)
    {
        Assert.Equal(wanted.Order(), reads.SelectMany(read => read.Points).Select(point => point.Index).Order());
        foreach (PlannedRead read in reads)
        {
            ReadRequest request = read.Request;
            Assert.InRange(request.Quantity, 1, limits.MaxQuantity(request.Table));
            Assert.True(request.Address + request.Quantity <= ReadRequest.AddressSpace);
            foreach (PlannedPoint planned in read.Points)
            {
                PointAddress point = points[planned.Index];
                Assert.Same(request.Table, point.Table);
                Assert.Equal(point.Address, request.Address + planned.Offset);
                Assert.True(planned.Offset + point.Width <= request.Quantity);
            }
        }
    }

    private static PointAddress Register(int address, int width) => new(ModbusTable.HoldingRegister, (ushort)address, width);

    private static string Requests(PointAddress[] points, ReadLimits limits) => Joined(ReadPlanner.Plan(points, limits));

    private static string Joined(ImmutableArray<PlannedRead> reads) => string.Join("; ", reads.Select(read => read.Request));
}
