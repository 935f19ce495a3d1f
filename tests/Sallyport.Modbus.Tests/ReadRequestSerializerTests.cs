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
        Span<byte> actual = stackalloc byte[ReadRequestSerializer.MaxPduSize];
        ReadRequestSerializer.WritePdu(new ReadRequest(Table(table), address, quantity), actual);
        Assert.Equal(pdu, Convert.ToHexString(actual));
    }

    [Fact]
    public void A_request_over_tcp_has_the_header_in_front()
    {
        Span<byte> actual = stackalloc byte[ReadRequestSerializer.MaxTcpSize];
        var request = new ReadRequest(ModbusTable.InputRegister, address: 8, quantity: 1);
        ReadRequestSerializer.WriteTcp(new ReadExchange(0x1501, 0xFF, request), actual);
        Assert.Equal("150100000006FF0400080001", Convert.ToHexString(actual));
    }

    [Fact]
    public void A_request_for_the_identification_has_the_bytes_of_the_specification_example()
    {
        Span<byte> actual = stackalloc byte[ReadRequestSerializer.MaxTcpSize];
        int length = ReadRequestSerializer.WriteTcp(new ReadExchange(1, 1, new IdentificationRequest(IdentificationLevel.Basic, firstObject: 0)), actual);
        Assert.Equal("000100000005012B0E0100", Convert.ToHexString(actual[..length]));
    }

    [Theory]
    [InlineData(IdentificationLevel.Regular, 4, "2B0E0204")]
    [InlineData(IdentificationLevel.Extended, 128, "2B0E0380")]
    public void A_request_for_more_of_the_identification_names_level_and_object(IdentificationLevel level, byte first, string pdu)
    {
        byte[] actual = new byte[ReadRequestSerializer.MaxPduSize];
        Assert.Equal(pdu, Convert.ToHexString(actual, 0, ReadRequestSerializer.WritePdu(new IdentificationRequest(level, first), actual)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IdentificationRequest((IdentificationLevel)3, first));
    }

    // Known frames of the field.
    [Theory]
    [InlineData(0x11, "holdingRegister", 0x006B, 3, "1103006B00037687")]
    [InlineData(0x01, "holdingRegister", 0x0000, 10, "01030000000AC5CD")]
    [InlineData(0x11, "coil", 0x0013, 37, "1101001300250E84")]
    [InlineData(0x11, "discreteInput", 0x00C4, 22, "110200C40016BAA9")]
    [InlineData(0x11, "inputRegister", 0x0008, 1, "110400080001B298")]
    public void A_request_on_a_serial_line_has_unit_and_checksum_around_it(byte unit, string table, int address, int quantity, string frame)
    {
        byte[] actual = new byte[ReadRequestSerializer.MaxRtuSize];
        Assert.Equal(frame, Convert.ToHexString(actual, 0, ReadRequestSerializer.WriteRtu(unit, new ReadRequest(Table(table), address, quantity), actual)));
    }

    [Fact]
    public void There_are_five_functions_and_all_of_them_read()
    {
        Type[] requests = [.. typeof(ModbusRequest).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ModbusRequest)))];
        Assert.Equal(["IdentificationRequest", "ReadRequest"], requests.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(requests, type => Assert.True(type.IsSealed));
        Assert.DoesNotContain(typeof(ModbusRequest).GetConstructors(), constructor => constructor.IsPublic || constructor.IsFamily);
        Assert.Equal(43, new IdentificationRequest(IdentificationLevel.Basic, firstObject: 0).FunctionCode);
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

            byte[] pdu = new byte[ReadRequestSerializer.MaxPduSize];
            ReadRequestSerializer.WritePdu(new ReadRequest(table, address, quantity), pdu);
            Assert.InRange(pdu[0], 1, 4);
            Assert.Equal([(byte)(address >> 8), (byte)address, (byte)(quantity >> 8), (byte)quantity], pdu[1..]);
        });

    private static ModbusTable Table(string name) =>
        ModbusTable.All.Single(table => string.Equals(table.Name, name, StringComparison.Ordinal));
}
