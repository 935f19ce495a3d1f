using CsCheck;

namespace Sallyport.Modbus.Tests;

public sealed class MbapHeaderTests
{
    [Fact]
    public void A_header_has_the_bytes_of_the_specification_example()
    {
        Span<byte> actual = stackalloc byte[MbapHeader.Size];
        new MbapHeader(TransactionId: 0x1501, UnitId: 0xFF, PduLength: 5).Write(actual);
        Assert.Equal("150100000006FF", Convert.ToHexString(actual));
    }

    // Facts 6.2.
    [Theory]
    [InlineData("15010001000601", ModbusFault.ProtocolId, "Protocol id is 1")]
    [InlineData("15010000000001", ModbusFault.Length, "PDU length is -1")]
    [InlineData("15010000000101", ModbusFault.Length, "PDU length is 0")]
    [InlineData("1501000000FF01", ModbusFault.Length, "PDU length is 254")]
    [InlineData("15010000FFFF01", ModbusFault.Length, "PDU length is 65534")]
    public void An_impossible_header_is_refused_before_waiting_for_its_body(string hex, ModbusFault fault, string reason)
    {
        ModbusProtocolException thrown = Assert.Throws<ModbusProtocolException>(() => Read(Convert.FromHexString(hex)));
        Assert.Equal(fault, thrown.Fault);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_survives_a_round_trip() =>
        Gen.Select(Gen.UShort, Gen.Byte, Gen.Int[1, MbapHeader.MaxPduLength]).Sample(
            (transaction, unit, length) =>
            {
                var expected = new MbapHeader(transaction, unit, length);
                byte[] bytes = new byte[MbapHeader.Size];
                expected.Write(bytes);
                return Read(bytes) == expected;
            });

    [Fact]
    public void An_incomplete_header_is_waited_for()
    {
        for (int length = 0; length < MbapHeader.Size; length++)
        {
            Assert.False(MbapHeader.TryRead(new byte[length], out _));
        }
    }

    private static MbapHeader Read(byte[] bytes)
    {
        Assert.True(MbapHeader.TryRead(bytes, out MbapHeader header));
        return header;
    }
}
