using CsCheck;
using Sallyport.TestKit;

namespace Sallyport.Modbus.Tests;

public sealed class ReadExchangeTests
{
    private static readonly ReadExchange ThreeRegisters = new(7, 17, new ReadRequest(ModbusTable.HoldingRegister, address: 107, quantity: 3));

    // The response examples of the Modbus Application Protocol Specification V1.1b3, sections 6.1 to 6.4.
    [Theory]
    [InlineData(0, 19, "0103CD6B05", "CD6B05")]
    [InlineData(1, 22, "0203ACDB35", "ACDB35")]
    [InlineData(2, 3, "0306022B00000064", "022B00000064")]
    [InlineData(3, 1, "0402000A", "000A")]
    public void The_reply_of_the_specification_example_is_read(int table, int quantity, string pdu, string data)
    {
        var exchange = new ReadExchange(7, 17, new ReadRequest(ModbusTable.All[table], address: 0, quantity));
        byte[] bytes = Convert.FromHexString($"000700000{1 + (pdu.Length / 2):X3}11{pdu}");
        byte[] actual = new byte[exchange.Request.MaxReplyPduLength];
        Assert.True(exchange.TryReadReply(bytes, actual, out ReadReply reply, out int consumed));
        Assert.Null(reply.Exception);
        Assert.Equal(data, Convert.ToHexString(actual.AsSpan(0, reply.DataLength)));
        Assert.Equal(bytes.Length, consumed);
    }

    [Theory]
    [InlineData("0007 0000 0009 11 03 06 022B 0000 0064")]
    [InlineData("0007 0000 0003 11 83 02")]
    public void A_reply_that_is_not_all_there_consumes_nothing(string hex)
    {
        // Facts 6.1: wherever the network splits the reply, its beginning is waited on.
        foreach (ReadOnlyMemory<byte> beginning in Splits.PrefixesOf(Bytes(hex)))
        {
            Assert.False(ThreeRegisters.TryReadReply(beginning.Span, new byte[6], out _, out int consumed));
            Assert.Equal(0, consumed);
        }
    }

    [Fact]
    public void What_follows_a_reply_is_left_alone()
    {
        byte[] bytes = Bytes("0007 0000 0009 11 03 06 022B 0000 0064 FFFF");
        Assert.True(ThreeRegisters.TryReadReply(bytes, new byte[6], out _, out int consumed));
        Assert.Equal(bytes.Length - 2, consumed);
    }

    [Fact]
    public void An_exception_response_is_a_value()
    {
        byte[] untouched = new byte[6];
        ReadReply reply = Read("0007 0000 0003 11 83 02", untouched);
        Assert.Equal(2, reply.Exception!.Value.Value);
        Assert.Equal(new byte[6], untouched);
    }

    // Facts 6.2, 6.3, 6.7, 6.20.
    [Theory]
    [InlineData("0008 0000 0009 11", ModbusFault.TransactionId)]
    [InlineData("0006 0000 0009 11", ModbusFault.TransactionId)]
    [InlineData("0007 0000 0009 12", ModbusFault.UnitId)]
    [InlineData("0007 0000 0007 11", ModbusFault.Length)]
    [InlineData("0007 0000 000B 11", ModbusFault.Length)]
    [InlineData("0007 0000 00FE 11", ModbusFault.Length)]
    [InlineData("0007 0000 0002 11", ModbusFault.Length)]
    [InlineData("0007 0000 FFFF 11", ModbusFault.Length)]
    [InlineData("0007 0001 0009 11", ModbusFault.ProtocolId)]
    public void A_header_that_cannot_belong_to_the_reply_is_refused_without_waiting_for_more(string header, ModbusFault fault)
    {
        Assert.Equal(fault, Assert.Throws<ModbusProtocolException>(() => Read(header, new byte[6])).Fault);
    }

    // Facts 6.19, 6.20.
    [Theory]
    [InlineData("0007 0000 0009 11 04 06 022B 0000 0064", ModbusFault.FunctionCode)]
    [InlineData("0007 0000 0009 11 83 06 022B 0000 0064", ModbusFault.FunctionCode)]
    [InlineData("0007 0000 0003 11 03 02", ModbusFault.FunctionCode)]
    [InlineData("0007 0000 0003 11 84 02", ModbusFault.FunctionCode)]
    [InlineData("0007 0000 0009 11 03 04 022B 0000 0064", ModbusFault.ByteCount)]
    [InlineData("0007 0000 0009 11 03 00 022B 0000 0064", ModbusFault.ByteCount)]
    [InlineData("0007 0000 0009 11 03 FF 022B 0000 0064", ModbusFault.ByteCount)]
    public void A_body_that_does_not_answer_the_request_is_refused(string hex, ModbusFault fault)
    {
        byte[] untouched = new byte[6];
        Assert.Equal(fault, Assert.Throws<ModbusProtocolException>(() => Read(hex, untouched)).Fault);
        Assert.Equal(new byte[6], untouched);
    }

    [Fact]
    public void Any_data_comes_back_as_it_was_sent() =>
        Gen.Select(Gen.UShort, Gen.Byte, Gen.Int[1, 125]).Sample((transaction, unit, quantity) =>
        {
            var exchange = new ReadExchange(transaction, unit, new ReadRequest(ModbusTable.InputRegister, address: 0, quantity));
            byte[] sent = [.. Enumerable.Range(0, quantity * 2).Select(i => (byte)(i * 7))];
            byte[] bytes = new byte[MbapHeader.Size + 2 + sent.Length];
            new MbapHeader(transaction, unit, sent.Length + 2).Write(bytes);
            (bytes[7], bytes[8]) = (4, (byte)sent.Length);
            sent.CopyTo(bytes, 9);
            byte[] received = new byte[sent.Length];
            return exchange.TryReadReply(bytes, received, out _, out _) && received.AsSpan().SequenceEqual(sent);
        });

    private static ReadReply Read(string hex, byte[] data)
    {
        Assert.True(ThreeRegisters.TryReadReply(Bytes(hex), data, out ReadReply reply, out _));
        return reply;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
