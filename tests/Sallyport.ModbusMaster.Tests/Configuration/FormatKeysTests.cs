using Sallyport.Modbus;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Configuration;

public sealed class FormatKeysTests
{
    private const string Types =
        "bcd16, bcd32, bcd64, bool, float16, float32, float64, int16, int32, int64, int8High, int8Low, string, uint16, uint32, uint64, uint8High, uint8Low";

    [Theory]
    [InlineData("\"type\":\"bool\",\"bit\":15", DataType.RegisterBit, 1)]
    [InlineData("\"type\":\"int8High\"", DataType.Signed8High, 1)]
    [InlineData("\"type\":\"int8Low\"", DataType.Signed8Low, 1)]
    [InlineData("\"type\":\"uint8High\"", DataType.Unsigned8High, 1)]
    [InlineData("\"type\":\"uint8Low\"", DataType.Unsigned8Low, 1)]
    [InlineData("\"type\":\"int16\"", DataType.Signed16, 1)]
    [InlineData("\"type\":\"uint16\"", DataType.Unsigned16, 1)]
    [InlineData("\"type\":\"int32\"", DataType.Signed32, 2)]
    [InlineData("\"type\":\"uint32\"", DataType.Unsigned32, 2)]
    [InlineData("\"type\":\"int64\"", DataType.Signed64, 4)]
    [InlineData("\"type\":\"uint64\"", DataType.Unsigned64, 4)]
    [InlineData("\"type\":\"float16\"", DataType.Real16, 1)]
    [InlineData("\"type\":\"float32\"", DataType.Real32, 2)]
    [InlineData("\"type\":\"float64\"", DataType.Real64, 4)]
    [InlineData("\"type\":\"bcd16\"", DataType.Decimal16, 1)]
    [InlineData("\"type\":\"bcd32\"", DataType.Decimal32, 2)]
    [InlineData("\"type\":\"bcd64\"", DataType.Decimal64, 4)]
    [InlineData("\"type\":\"string\",\"registers\":125", DataType.Text, 125)]
    public void Each_type_takes_its_registers(string members, DataType type, int width)
    {
        PointPlan point = PointDocuments.Point(members);
        Assert.Equal((type, width, width), (point.Format.Type, point.Format.Width, point.Address.Width));
    }

    [Fact]
    public void Every_type_of_the_decoder_has_a_word()
    {
        Assert.All(Enum.GetValues<DataType>(), type => Assert.NotEmpty(Vocabulary.WordFor(type)));
        Assert.Equal(Types, string.Join(", ", Vocabulary.Types.Keys.Order(StringComparer.Ordinal)));
    }

    // Facts 6.22: one device, several orders.
    [Theory]
    [InlineData("", "uint16", "AB")]
    [InlineData("", "uint32", "ABCD")]
    [InlineData("", "uint64", "ABCDEFGH")]
    [InlineData(",\"wordOrder\":\"CDAB\"", "uint16", "AB")]
    [InlineData(",\"wordOrder\":\"CDAB\"", "float32", "CDAB")]
    [InlineData(",\"wordOrder\":\"CDAB\"", "float64", "GHEFCDAB")]
    [InlineData(",\"wordOrder\":\"BADC\"", "uint16", "BA")]
    [InlineData(",\"wordOrder\":\"BADC\"", "int64", "BADCFEHG")]
    [InlineData(",\"wordOrder\":\"DCBA\"", "int64", "HGFEDCBA")]
    [InlineData(",\"wordOrder\":\"DCBA\",\"wordOrder64\":\"CDABGHEF\"", "int64", "CDABGHEF")]
    [InlineData(",\"wordOrder\":\"DCBA\",\"wordOrder64\":\"CDABGHEF\"", "int32", "DCBA")]
    [InlineData(",\"wordOrder64\":\"FEHGBADC\"", "bcd64", "FEHGBADC")]
    public void The_unit_has_an_order_for_each_length(string unitMembers, string type, string letters)
    {
        ValueFormat format = PointDocuments.Point($"\"type\":\"{type}\"", unitMembers).Format;
        Assert.Equal(letters, format.Order.Letters(format.Width));
    }

    [Theory]
    [InlineData("int8High", "BA")]
    [InlineData("uint16", "BA")]
    [InlineData("bcd16", "AB")]
    [InlineData("uint32", "BADC")]
    [InlineData("float64", "EFGHABCD")]
    public void A_point_may_have_an_order_of_its_own(string type, string letters)
    {
        ValueFormat format = PointDocuments.Point($"\"type\":\"{type}\",\"wordOrder\":\"{letters}\"", ",\"wordOrder\":\"DCBA\"").Format;
        Assert.Equal(letters, format.Order.Letters(format.Width));
    }

    [Fact]
    public void A_string_has_its_packing_and_encoding()
    {
        Assert.Equal(
            new TextFormat(8, CharacterPacking.HighFirst, CharacterEncoding.Ascii),
            PointDocuments.Point("\"type\":\"string\",\"registers\":8", ",\"wordOrder\":\"DCBA\"").Format.Text);
        Assert.Equal(
            new TextFormat(1, CharacterPacking.LowOnly, CharacterEncoding.Utf8),
            PointDocuments.Point("\"type\":\"string\",\"registers\":1,\"packing\":\"lowOnly\",\"encoding\":\"utf8\"").Format.Text);
    }

    [Theory]
    [InlineData("\"type\":\"real64\"", "/p/type: \"real64\" is none of " + Types + ".")]
    [InlineData("\"type\":\"bool\"", "/p/bit: A bool in a holdingRegister is one bit of it: say which, 0 (the least significant) to 15.")]
    [InlineData("\"type\":\"bool\",\"bit\":16", "/p/bit: 16 is not a whole number from 0 to 15.")]
    [InlineData("\"type\":\"bool\",\"bit\":-1", "/p/bit: -1 is not a whole number from 0 to 15.")]
    [InlineData("\"type\":\"uint16\",\"bit\":1", "/p/bit: Only a bool in a register has this.")]
    [InlineData("\"type\":\"string\"", "/p/registers: It is missing.")]
    [InlineData("\"type\":\"string\",\"registers\":126", "/p/registers: 126 is not a whole number from 1 to 125.")]
    [InlineData("\"type\":\"string\",\"registers\":0", "/p/registers: 0 is not a whole number from 1 to 125.")]
    [InlineData("\"type\":\"string\",\"registers\":1,\"packing\":\"high\"", "/p/packing: \"high\" is none of highFirst, highOnly, lowFirst, lowOnly.")]
    [InlineData("\"type\":\"string\",\"registers\":1,\"encoding\":\"utf16\"", "/p/encoding: \"utf16\" is none of ascii, latin1, utf8.")]
    [InlineData("\"type\":\"string\",\"registers\":1,\"wordOrder\":\"BA\"", "/p/wordOrder: A string has no word order; it has a packing.")]
    [InlineData("\"type\":\"int16\",\"registers\":1", "/p/registers: Only a string has this.")]
    [InlineData("\"type\":\"int16\",\"packing\":\"highFirst\"", "/p/packing: Only a string has this.")]
    [InlineData("\"type\":\"int16\",\"encoding\":\"ascii\"", "/p/encoding: Only a string has this.")]
    [InlineData("\"type\":\"int16\",\"wordOrder\":\"ABCD\"", "/p/wordOrder: \"ABCD\" is no order of the type int16; known are AB, BA.")]
    [InlineData("\"type\":\"int32\",\"wordOrder\":\"AB\"", "/p/wordOrder: \"AB\" is no order of the type int32; known are ABCD, BADC, CDAB, DCBA.")]
    [InlineData("\"type\":\"int32\",\"wordOrder\":\"ACBD\"", "/p/wordOrder: \"ACBD\" is no order of the type int32; known are ABCD, BADC, CDAB, DCBA.")]
    [InlineData(
        "\"type\":\"float64\",\"wordOrder\":\"CDAB\"",
        "/p/wordOrder: \"CDAB\" is no order of the type float64; known are ABCDEFGH, BADCFEHG, CDABGHEF, DCBAHGFE, EFGHABCD, FEHGBADC, GHEFCDAB, HGFEDCBA.")]
    [InlineData("\"type\":\"int16\",\"wordOrder\":7", "/p/wordOrder: 7 is not a text of 1 to 16 characters.")]
    public void A_format_that_cannot_be_is_refused(string members, string fault) => Assert.Equal(fault, PointDocuments.FaultsOf(members));

    [Theory]
    [InlineData("\"type\":\"int16\"", "/p/type: A coil holds bits: its type is bool.")]
    [InlineData("\"type\":\"string\",\"registers\":2", "/p/type: A coil holds bits: its type is bool.")]
    [InlineData("\"type\":\"bool\",\"bit\":0", "/p/bit: Only a bool in a register has this.")]
    [InlineData("\"type\":\"bool\",\"wordOrder\":\"AB\"", "/p/wordOrder: A single bit has no word order.")]
    public void A_bit_has_nothing_that_registers_have(string members, string fault) =>
        Assert.Equal(fault, PointDocuments.Faults($"\"p\":{{\"group\":\"fast\",\"table\":\"coil\",\"address\":1,{members}}}"));

    // Facts 6.17.
    [Fact]
    public void A_value_does_not_reach_beyond_the_last_address() => Assert.Equal(
        "/p/address: A value of 4 registers at 65533 would reach beyond 65535, the last address.\n"
        + "/q/address: A value of 125 registers at 65412 would reach beyond 65535, the last address.",
        PointDocuments.Faults("""
            "p":{"group":"fast","table":"holdingRegister","address":65533,"type":"int64"},
            "q":{"group":"fast","table":"holdingRegister","address":65412,"type":"string","registers":125}
            """));
}
