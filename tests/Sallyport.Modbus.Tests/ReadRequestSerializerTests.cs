using CsCheck;

namespace Sallyport.Modbus.Tests;

public sealed class ReadRequestSerializerTests
{
    // The request examples of the Modbus Application Protocol Specification V1.1b3, sections 6.1 to 6.4.
    [Theory]
    [InlineData("coil", 0x0013, 19, "0100130013")]
    [InlineData("discreteInput", 0x00C4, 22, "0200C40016")]
    [InlineData("holdingRegister", 0x006B, 3, "03006B0003")]
    [InlineData("inputRegister", 0x0008, 1, "0400080001")]
    public void A_request_has_the_bytes_of_the_specification_example(string table, int address, int quantity, string pdu)
    {
        Span<byte> actual = stackalloc byte[ReadRequestSerializer.PduSize];
        ReadRequestSerializer.WritePdu(new ReadRequest(Table(table), address, quantity), actual);
        Assert.Equal(pdu, Convert.ToHexString(actual));
    }

    [Fact]
    public void A_request_over_tcp_has_the_header_in_front()
    {
        Span<byte> actual = stackalloc byte[ReadRequestSerializer.TcpSize];
        var request = new ReadRequest(ModbusTable.InputRegister, address: 8, quantity: 1);
        ReadRequestSerializer.WriteTcp(new ReadExchange(0x1501, 0xFF, request), actual);
        Assert.Equal("150100000006FF0400080001", Convert.ToHexString(actual));
    }

    [Fact]
    public void No_request_has_another_function_code_than_one_to_four()
    {
        Assert.Equal([1, 2, 3, 4], ModbusTable.All.Select(table => (int)table.FunctionCode).Order());
        Assert.True(typeof(ModbusTable).IsSealed);
        Assert.True(typeof(ReadRequest).IsSealed);
        Assert.Empty(typeof(ModbusTable).GetConstructors());
        Assert.DoesNotContain(typeof(ModbusTable).GetProperties(), property => property.CanWrite);
        Assert.DoesNotContain(typeof(ReadRequest).GetProperties(), property => property.CanWrite);
    }

    [Fact]
    public void Every_request_that_can_be_created_is_a_read_within_the_caps() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[-2, 65_540], Gen.Int[-2, 2_100]).Sample((which, address, quantity) =>
        {
            ModbusTable table = ModbusTable.All[which];
            bool isLegal = address >= 0 && quantity >= 1 && quantity <= (table.HoldsBits ? 2000 : 125) && address + quantity <= 65_536;
            if (!isLegal)
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => new ReadRequest(table, address, quantity));
                return;
            }

            byte[] pdu = new byte[ReadRequestSerializer.PduSize];
            ReadRequestSerializer.WritePdu(new ReadRequest(table, address, quantity), pdu);
            Assert.InRange(pdu[0], 1, 4);
            Assert.Equal([(byte)(address >> 8), (byte)address, (byte)(quantity >> 8), (byte)quantity], pdu[1..]);
        });

    private static ModbusTable Table(string name) =>
        ModbusTable.All.Single(table => string.Equals(table.Name, name, StringComparison.Ordinal));
}
