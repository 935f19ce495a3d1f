using System.Collections.Immutable;

namespace Sallyport.Modbus.Tests;

public sealed class ReadPlannerTests
{
    // facts 2.8: telegraf#12222
    [Fact]
    public void The_sparse_map_takes_twenty_times_fewer_requests_than_one_per_point()
    {
        PointAddress[] points = SparseMap.Points();
        Assert.Equal(SparseMap.Count, points.Length);
        Assert.Equal(SparseMap.Count, ReadPlanner.Plan(points, new ReadLimits { Coalesce = false }).Length);
        int requests = ReadPlanner.Plan(points, ReadLimits.Default).Length;
        Assert.True(requests * 20 <= SparseMap.Count, $"{requests} requests");
    }

    [Fact]
    public void Ten_thousand_points_are_planned_in_well_under_a_second()
    {
        PointAddress[] points = [.. Enumerable.Range(0, 10_000).Select(i =>
            i % 2 == 0 ? Register(i * 3, 1 + (i % 4)) : new PointAddress(ModbusTable.Coil, (ushort)(i * 2), Width: 1))];
        TimeSpan best = Enumerable.Range(0, 3).Min(_ =>
        {
            long started = TimeProvider.System.GetTimestamp();
            ReadPlanner.Plan(points, ReadLimits.Default);
            return TimeProvider.System.GetElapsedTime(started);
        });
        Assert.True(best < TimeSpan.FromSeconds(1), $"{best}");
    }

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
        Assert.Equal([0, 1, 2], read.Blocks);
    }

    [Fact]
    public void A_gap_is_read_along_as_long_as_that_is_cheaper_than_a_request()
    {
        PointAddress[] points = [Register(0, 1), Register(45, 1), Register(91, 1)];
        Assert.Equal("holdingRegister 0..45; holdingRegister 91..91", Requests(points, ReadLimits.Default));
        PointAddress[] coils = [Coil(0), Coil(705), Coil(1411)];
        Assert.Equal("coil 0..705; coil 1411..1411", Requests(coils, ReadLimits.Default));
    }

    [Fact]
    public void A_slow_line_reads_fewer_registers_along_than_a_fast_one()
    {
        PointAddress[] points = [Register(0, 1), Register(20, 1)];
        Assert.Equal("holdingRegister 0..0; holdingRegister 20..20", Requests(points, new ReadLimits { Cost = ReadCost.ForSerial(9600) }));
        Assert.Equal("holdingRegister 0..20", Requests(points, new ReadLimits { Cost = ReadCost.ForSerial(115_200) }));
    }

    [Fact]
    public void A_request_on_a_serial_line_costs_its_characters_its_silences_and_the_turnaround()
    {
        // 9600 Bd: a character takes 1,145,833 ns; 13 of them, twice 3.5, and 5 ms.
        Assert.Equal(new ReadCost(Request: 27_916_659, Register: 2_291_666, Bit: 143_229), ReadCost.ForSerial(9600));

        // Above 19200 Bd the silence is 1.75 ms.
        Assert.Equal(new ReadCost(Request: 9_741_318, Register: 190_972, Bit: 11_935), ReadCost.ForSerial(115_200));
    }

    [Theory]
    [InlineData(0, "holdingRegister 0..1; holdingRegister 3..3; holdingRegister 104..104")]
    [InlineData(1, "holdingRegister 0..3; holdingRegister 104..104")]
    [InlineData(100, "holdingRegister 0..104")]
    public void A_given_gap_counts_in_place_of_the_cost(int gap, string requests) => Assert.Equal(
        requests, Requests([Register(0, 1), Register(1, 1), Register(3, 1), Register(104, 1)], new ReadLimits { MaxGap = gap }));

    [Fact]
    public void Where_a_cap_forces_two_requests_they_are_divided_at_the_widest_gap()
    {
        PointAddress[] points = [Register(0, 1), Register(30, 1), Register(31, 1), Register(32, 1)];
        Assert.Equal("holdingRegister 0..0; holdingRegister 30..32", Requests(points, new ReadLimits { MaxHoldingRegisters = 32 }));
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
        PointAddress[] points = [new(ModbusTable.InputRegister, 0, 1), Coil(0), Register(0, 1), new(ModbusTable.DiscreteInput, 0, 1)];
        Assert.Equal(
            "coil 0..0; discreteInput 0..0; holdingRegister 0..0; inputRegister 0..0",
            Requests(points, ReadLimits.Default));
    }

    [Fact]
    public void Two_thousand_bits_are_one_request_and_one_more_is_two()
    {
        PointAddress[] points = [.. Enumerable.Range(0, 2001).Select(Coil)];
        Assert.Equal("coil 0..1999; coil 2000..2000", Requests(points, ReadLimits.Default));
    }

    [Fact]
    public void The_last_address_of_the_space_can_be_read() =>
        Assert.Equal("holdingRegister 65534..65535", Requests([Register(65_534, 2), Register(65_535, 1)], ReadLimits.Default));

    // facts 2.9, 6.11
    [Fact]
    public void Each_table_has_its_own_cap_which_may_be_one()
    {
        var limits = new ReadLimits { MaxCoils = 2, MaxDiscreteInputs = 1, MaxHoldingRegisters = 3, MaxInputRegisters = 1 };
        PointAddress[] points = [.. ModbusTable.All.SelectMany(table => Enumerable.Range(0, 3).Select(i => new PointAddress(table, (ushort)i, Width: 1)))];
        Assert.Equal(
            "coil 0..1; coil 2..2; discreteInput 0..0; discreteInput 1..1; discreteInput 2..2; holdingRegister 0..2; "
            + "inputRegister 0..0; inputRegister 1..1; inputRegister 2..2",
            Requests(points, limits));
    }

    // facts 6.15: telegraf#12071
    [Fact]
    public void Without_coalescing_each_value_has_a_request_of_its_own() => Assert.Equal(
        "holdingRegister 0..1; holdingRegister 1..1; holdingRegister 2..2",
        Requests([Register(0, 2), Register(1, 1), Register(2, 1)], new ReadLimits { Coalesce = false }));

    // facts 6.15: telegraf#8905
    [Fact]
    public void Where_bits_are_read_from_zero_their_requests_begin_there_and_those_for_registers_do_not() => Assert.Equal(
        "coil 0..9; holdingRegister 7..7", Requests([Coil(9), Register(7, 1)], new ReadLimits { BitsFromZero = true }));

    // facts 6.13
    [Fact]
    public void An_aligned_request_begins_at_a_multiple_and_its_values_are_found_behind_it()
    {
        PlannedRead read = Assert.Single(ReadPlanner.Plan([Register(7, 2)], new ReadLimits { Align = 4 }));
        Assert.Equal("holdingRegister 4..8", read.Request.ToString());
        Assert.Equal(new PlannedPoint(Index: 0, Offset: 3), Assert.Single(read.Points));
    }

    // facts 6.12
    [Fact]
    public void A_hole_is_never_read_across()
    {
        var limits = new ReadLimits { Holes = new AddressHoles([new(ModbusTable.HoldingRegister, 5, 5), new(ModbusTable.Coil, 0, 9)]) };
        Assert.Equal("holdingRegister 4..4; holdingRegister 6..7", Requests([Register(4, 1), Register(6, 1), Register(7, 1)], limits));
    }

    // facts 6.14
    [Fact]
    public void An_atomic_group_stays_in_one_request_whatever_lies_between_its_points()
    {
        PointAddress[] points = [Atomic(0), Register(2, 1), Register(3, 1), Atomic(4)];
        Assert.Equal("holdingRegister 0..4", Requests(points, new ReadLimits { MaxHoldingRegisters = 5, MaxGap = 0 }));
        Assert.Equal("holdingRegister 0..4; holdingRegister 2..2; holdingRegister 3..3", Requests(points, new ReadLimits { Coalesce = false }));
    }

    // facts 6.12
    [Fact]
    public void A_refused_request_is_divided_at_its_gaps_first_and_then_by_halves()
    {
        var map = new ReadMap([Register(0, 1), Register(1, 1), Register(9, 1)], ReadLimits.Default);
        PlannedRead read = Assert.Single(map.Plan());
        ImmutableArray<PlannedRead> parts = map.Divide(read, new bool[3]);
        Assert.Equal("holdingRegister 0..1; holdingRegister 9..9", Joined(parts));
        Assert.Equal("holdingRegister 0..0; holdingRegister 1..1", Joined(map.Divide(parts[0], new bool[3])));
        Assert.Empty(map.Divide(parts[1], new bool[3]));
    }

    [Fact]
    public void A_gap_that_the_device_lets_pass_is_no_place_to_divide_a_request_first()
    {
        var map = new ReadMap([Register(0, 1), Register(8, 1), Register(9, 1), Register(10, 1)], ReadLimits.Default);
        Assert.Equal(
            "holdingRegister 0..8; holdingRegister 9..10", Joined(map.Divide(Assert.Single(map.Plan()), [false, true, false, false])));
    }

    [Fact]
    public void Limits_are_equal_when_they_say_the_same()
    {
        AddressRange[] holes = [new(ModbusTable.Coil, 1, 2), new(ModbusTable.HoldingRegister, 3, 4)];
        var limits = new ReadLimits { Holes = new AddressHoles(holes) };
        var same = new ReadLimits { Holes = new AddressHoles(holes.Reverse()) };
        Assert.Equal(limits, same);
        Assert.Equal(limits.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(limits, ReadLimits.Default);
        Assert.False(limits.Holes.Equals(AddressHoles.None));
    }

    private static PointAddress Register(int address, int width) => new(ModbusTable.HoldingRegister, (ushort)address, width);

    private static PointAddress Atomic(int address) => Register(address, 1) with { Atomic = "together" };

    private static PointAddress Coil(int address) => new(ModbusTable.Coil, (ushort)address, Width: 1);

    private static string Requests(PointAddress[] points, ReadLimits limits) => Joined(ReadPlanner.Plan(points, limits));

    private static string Joined(ImmutableArray<PlannedRead> reads) => string.Join("; ", reads.Select(read => read.Request));
}
