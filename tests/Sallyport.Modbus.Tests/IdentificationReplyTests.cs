namespace Sallyport.Modbus.Tests;

public sealed class IdentificationReplyTests
{
    private static readonly ReadExchange Basic = new(1, 1, new IdentificationRequest(IdentificationLevel.Basic, firstObject: 0));

    // The example of the Modbus Application Protocol Specification V1.1b3, section 6.21: the second of two parts follows object 2.
    [Fact]
    public void The_objects_of_the_specification_example_are_read()
    {
        IdentificationReply reply = Parse("2B 0E 01 01 00 00 03 00 16", "Company identification", "01 0D", "Product codeXX", "02 05", "V2.11");
        Assert.Equal(
            [("vendorName", "Company identification"), ("productCode", "Product codeX"), ("revision", "V2.11")],
            reply.Objects.Select(one => (one.Name, one.Text)));
        Assert.Null(reply.NextObject);
        Assert.False(reply.KnowsRegular);
    }

    [Fact]
    public void More_that_follows_is_told_with_the_object_to_ask_for()
    {
        IdentificationReply reply = IdentificationReply.Parse(Bytes("2B 0E 03 83 FF 80 01 00 02 4142"));
        Assert.Equal((byte)0x80, reply.NextObject);
        Assert.True(reply.KnowsRegular);
    }

    [Fact]
    public void Bytes_that_are_no_text_do_no_harm() =>
        Assert.Equal(("object200", "A?\u00e9?"), Only(IdentificationReply.Parse(Bytes("2B 0E 03 03 00 00 01 C8 04 41 00 E9 1B"))));

    [Theory]
    [InlineData("2B 0D 01 01 00 00 00", ModbusFault.FunctionCode)]
    [InlineData("2B 0E 01 01 00 00 01 00 05 41", ModbusFault.Length)]
    [InlineData("2B 0E 01 01 00 00 01 00 01 41 42", ModbusFault.Length)]
    [InlineData("2B 0E 01", ModbusFault.Length)]
    [InlineData("03 02 00 01", ModbusFault.FunctionCode)]
    public void What_is_no_identification_is_refused(string pdu, ModbusFault fault)
    {
        byte[] body = Bytes(pdu);
        byte[] adu = [0, 1, 0, 0, 0, (byte)(body.Length + 1), 1, .. body];
        Assert.Equal(fault, Assert.Throws<ModbusProtocolException>(() => Basic.TryReadReply(adu, new byte[253], out _, out _)).Fault);
    }

    [Fact]
    public void A_device_without_an_identification_says_so()
    {
        Assert.True(Basic.TryReadReply(Bytes("0001 0000 0003 01 AB 01"), new byte[253], out ReadReply reply, out _));
        Assert.Equal(1, reply.Exception!.Value.Value);
    }

    private static (string Name, string Text) Only(IdentificationReply reply) => (Assert.Single(reply.Objects).Name, reply.Objects[0].Text);

    private static IdentificationReply Parse(string head, params string[] rest)
    {
        List<byte> pdu = [.. Bytes(head)];
        for (int i = 0; i < rest.Length; i++)
        {
            bool isText = i % 2 == 0;
            byte length = isText ? pdu[^1] : (byte)0;
            pdu.AddRange(isText ? System.Text.Encoding.ASCII.GetBytes(rest[i])[..length] : Bytes(rest[i]));
        }

        return IdentificationReply.Parse(pdu.ToArray());
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
