using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.Tests.Plant;

/// <summary>Golden bytes: the examples of the MODBUS Application Protocol Specification V1.1b3, sections 6.1 to 6.4, on the same contents.</summary>
public sealed class PlantMemoryTests
{
    private readonly PlantMemory _plant = new([Specification(), Unique()], new PlantLedger());

    [Theory]
    [InlineData("01 0013 0013", "01 03 CD 6B 05")]
    [InlineData("02 00C4 0016", "02 03 AC DB 35")]
    [InlineData("03 006B 0003", "03 06 022B 0000 0064")]
    [InlineData("04 0008 0001", "04 02 000A")]
    public void Reads_are_answered_as_in_the_specification(string request, string answer) => Assert.Equal(Bytes(answer), Answer(1, request).Pdu);

    [Theory]
    [InlineData("05 0013 FF00", "85 01")]
    [InlineData("06 0001 0003", "86 01")]
    [InlineData("0F 0013 000A 02 CD01", "8F 01")]
    [InlineData("10 0001 0002 04 000A 0102", "90 01")]
    [InlineData("2B 0E 01 00", "AB 01")]
    [InlineData("00", "80 01")]
    public void Whatever_does_not_read_is_an_illegal_function(string request, string answer) => Assert.Equal(Bytes(answer), Answer(1, request).Pdu);

    [Theory]
    [InlineData("03 006A 0001", "83 02")]
    [InlineData("03 006B 0004", "83 02")]
    [InlineData("03 FFFF 0002", "83 02")]
    [InlineData("01 0012 0001", "81 02")]
    public void An_address_without_contents_is_an_illegal_address(string request, string answer) => Assert.Equal(Bytes(answer), Answer(1, request).Pdu);

    [Theory]
    [InlineData("03 006B 0000", "83 03")]
    [InlineData("03 0000 007E", "83 03")]
    [InlineData("01 0000 07D1", "81 03")]
    [InlineData("03 006B", "83 03")]
    [InlineData("03 006B 0003 00", "83 03")]
    public void A_quantity_outside_its_range_is_an_illegal_value(string request, string answer) => Assert.Equal(Bytes(answer), Answer(1, request).Pdu);

    [Fact]
    public void A_unit_that_is_not_there_does_not_respond() => Assert.Equal(Bytes("83 0B"), Answer(9, "03 006B 0003").Pdu);

    [Fact]
    public void A_unique_pair_gives_a_new_value_at_each_read()
    {
        var (first, second) = (Answer(2, "03 0010 0002"), Answer(2, "03 0010 0002"));
        Assert.Equal(Bytes("03 04 0100 0001"), first.Pdu);
        Assert.Equal(Bytes("03 04 0100 0002"), second.Pdu);
        Assert.Equal(new ServedValue(new PlantPoint.HoldingRegister(2, 16), 1, 0x0100_0002), Assert.Single(second.Drawn));
    }

    [Theory]
    [InlineData("03 0010 0002", "0100 0001")]
    [InlineData("03 0012 0002", "0001 0100")]
    [InlineData("03 0014 0002", "0001 0100")]
    [InlineData("03 0016 0002", "0100 0001")]
    public void Each_word_order_lays_the_bytes_out_in_its_way(string request, string registers) =>
        Assert.Equal(Bytes("03 04" + registers), Answer(2, request).Pdu);

    [Fact]
    public void Half_a_unique_pair_is_refused_and_uses_up_no_value()
    {
        Assert.Equal(Bytes("83 02"), Answer(2, "03 0011 0001").Pdu);
        Assert.Equal(Bytes("83 02"), Answer(2, "03 0010 0001").Pdu);
        Assert.Equal(Bytes("83 02"), Answer(2, "03 0010 0003").Pdu);
        Assert.Equal(0, Assert.Single(Answer(2, "03 0010 0002").Drawn).Order);
    }

    [Fact]
    public void A_value_counts_as_served_only_when_it_is_entered()
    {
        var answer = Answer(2, "03 0010 0002");
        Assert.Equal(0, _plant.Ledger.Count);
        _plant.Ledger.Enter(answer.Drawn);
        Assert.Equal(answer.Drawn, _plant.Ledger.Snapshot());
    }

    [Fact]
    public void Two_points_never_give_the_same_value()
    {
        string[] requests = ["03 0010 0002", "03 0012 0002", "03 0010 0002", "03 0012 0002"];
        Assert.Equal(4, requests.SelectMany(request => Answer(2, request).Drawn).Select(value => value.Value).Distinct().Count());
    }

    internal static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static PlantUnit Unique() => new PlantUnit(2)
        .Unique(0x10, WordOrder.ABCD).Unique(0x12, WordOrder.CDAB).Unique(0x14, WordOrder.BADC).Unique(0x16, WordOrder.DCBA);

    private static PlantUnit Specification()
    {
        var unit = new PlantUnit(1);
        Fill(PlantTable.Coil, 0x13, "CD 6B 05", 19);
        Fill(PlantTable.DiscreteInput, 0xC4, "AC DB 35", 22);
        return unit
            .Word(PlantTable.HoldingRegister, 0x6B, _ => 0x022B)
            .Word(PlantTable.HoldingRegister, 0x6C, _ => 0)
            .Word(PlantTable.HoldingRegister, 0x6D, _ => 0x64)
            .Word(PlantTable.InputRegister, 0x08, _ => 0x0A);

        void Fill(PlantTable table, ushort first, string packed, int count)
        {
            var bytes = Bytes(packed);
            for (var i = 0; i < count; i++)
            {
                var bit = (bytes[i / 8] >> (i % 8) & 1) == 1;
                unit.Bit(table, (ushort)(first + i), _ => bit);
            }
        }
    }

    private PlantAnswer Answer(byte unit, string pdu) => _plant.Answer(unit, Bytes(pdu), TimeSpan.FromSeconds(5));
}
