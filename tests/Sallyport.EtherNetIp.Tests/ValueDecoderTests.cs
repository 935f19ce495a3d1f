using CsCheck;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Types;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIp.Tests;

public sealed class ValueDecoderTests
{
    private static readonly CipDataType[] Types = [.. Enum.GetValues<CipDataType>().Where(type => type is not CipDataType.None)];

    // Facts 10.
    [Theory]
    [InlineData(CipDataType.Bool, "FF", "true")]
    [InlineData(CipDataType.Bool, "01", "true")]
    [InlineData(CipDataType.Bool, "00", "false")]
    [InlineData(CipDataType.Sint, "80", "-128")]
    [InlineData(CipDataType.Int, "38FF", "-200")]
    [InlineData(CipDataType.Dint, "6179FEFF", "-99999")]
    [InlineData(CipDataType.Lint, "785634126179FEFF", "-429492129212808")]
    [InlineData(CipDataType.Usint, "80", "128")]
    [InlineData(CipDataType.Uint, "38FF", "65336")]
    [InlineData(CipDataType.Udint, "6179FEFF", "4294867297")]
    [InlineData(CipDataType.Ulint, "785634126179FEFF", "18446314581580338808")]
    [InlineData(CipDataType.Real, "0020F147", "123456")]
    [InlineData(CipDataType.Lreal, "C976BE9F0C24FE40", "123456.789")]
    [InlineData(CipDataType.Stime, "FFFFFFFF", "-1")]
    [InlineData(CipDataType.Stime, "00A0724E18090000", "10000000000000")]
    [InlineData(CipDataType.Date, "E803", "1000")]
    [InlineData(CipDataType.Date, "00000080", "2147483648")]
    [InlineData(CipDataType.TimeOfDay, "FF5B2605", "86399999")]
    [InlineData(CipDataType.DateAndTime, "00A0724E18090000", "10000000000000")]
    [InlineData(CipDataType.String, "050048656C6C6F", "Hello")]
    [InlineData(CipDataType.Byte, "F0", "240")]
    [InlineData(CipDataType.Word, "34F2", "62004")]
    [InlineData(CipDataType.Dword, "785634F2", "4063516280")]
    [InlineData(CipDataType.Lword, "785634F200000080", "9223372040918292088")]
    [InlineData(CipDataType.Ftime, "18FCFFFF", "-1000")]
    [InlineData(CipDataType.Ltime, "18FCFFFFFFFFFFFF", "-1000")]
    [InlineData(CipDataType.ShortString, "0548656C6C6F", "Hello")]
    [InlineData(CipDataType.Time, "E8030000", "1000")]
    [InlineData(CipDataType.LongTime, "E803000000000000", "1000")]
    public void Every_type_is_read(CipDataType type, string bytes, string expected) =>
        Assert.Equal(expected, Decode(type, bytes, 1, 0).Value.ToString());

    [Fact]
    public void Each_element_of_an_array_is_read()
    {
        Assert.Equal("3", Decode(CipDataType.Int, "010002000300", 3, 2).Value.ToString());
        Assert.Equal("30", Decode(CipDataType.Date, "0A000000140000001E000000", 3, 2).Value.ToString());
        Assert.Equal(StatusCode.BadCommunicationError, Decode(CipDataType.Int, "010002000300", 3, 3).Status);
        Assert.Equal(StatusCode.BadCommunicationError, Decode(CipDataType.Int, "0100020003", 3, 2).Status);
    }

    // From the field: strings of a Micro800 one behind the other.
    [Fact]
    public void Each_string_of_a_micro800_is_read_behind_the_ones_before()
    {
        const string Three = "0548656C6C6F" + "00" + "03416263";
        Assert.Equal(["Hello", "", "Abc"], Enumerable.Range(0, 3).Select(index => Decode(CipDataType.ShortString, Three, 3, index).Value.ToString()));
        Assert.Equal(StatusCode.BadCommunicationError, Decode(CipDataType.ShortString, Three, 3, 3).Status);
        Assert.Equal(StatusCode.BadCommunicationError, Decode(CipDataType.ShortString, "0548656C6C", 1, 0).Status);
    }

    [Theory]
    [InlineData("05000000" + "48656C6C6F000000", "Hello")]
    [InlineData("08000000" + "48656C6C6F000000", "Hello\0\0\0")]
    [InlineData("FFFFFFFF" + "48656C6C6F212121", "Hello!!!")]
    [InlineData("00000000" + "48656C6C6F000000", "")]
    public void A_logix_string_is_as_long_as_it_says_and_never_longer_than_its_room(string bytes, string expected) =>
        Assert.Equal(expected, ValueDecoder.DecodeString(Convert.FromHexString("AAAA" + bytes), offset: 2, capacity: 8, TextEncoding.Latin1).Value?.AsText());

    [Theory]
    [InlineData(TextEncoding.Latin1, "80FC41", "\u0080\u00FCA")]
    [InlineData(TextEncoding.Windows1252, "80FC41", "\u20AC\u00FCA")]
    [InlineData(TextEncoding.Windows1252, "8599819F", "\u2026\u2122\u0081\u0178")]
    [InlineData(TextEncoding.Utf8, "C3BC41", "\u00FCA")]
    [InlineData(TextEncoding.Utf8, "FC41", "\uFFFDA")]
    public void A_text_is_read_in_its_encoding_and_no_bytes_are_refused(TextEncoding encoding, string characters, string expected)
    {
        byte[] bytes = Convert.FromHexString("DA00" + (characters.Length / 2).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + characters);
        Assert.True(TagData.TryRead(bytes, out TagData tag));
        Assert.Equal(expected, ValueDecoder.Decode(tag, 1, 0, new ElementFormat(CipDataType.ShortString, Encoding: encoding)).Value?.AsText());
    }

    [Fact]
    public void Each_bit_of_an_integer_is_found()
    {
        string bits = string.Concat(Enumerable.Range(0, 32).Reverse().Select(bit =>
            Decode(CipDataType.Dint, "01800080", 1, 0, bit).Value?.AsBoolean() == true ? '1' : '0'));
        Assert.Equal("10000000000000001000000000000001", bits);
        Assert.Equal(StatusCode.BadConfigurationError, Decode(CipDataType.Dint, "01800080", 1, 0, 32).Status);
    }

    [Fact]
    public void Another_type_than_expected_is_no_value()
    {
        Assert.True(TagData.TryRead(Convert.FromHexString("C400" + "0100"), out TagData tag));
        Assert.Equal(StatusCode.BadConfigurationError, ValueDecoder.Decode(tag, 1, 0, new ElementFormat(CipDataType.Int)).Status);
        Assert.Equal(StatusCode.BadOutOfRange, Decode(CipDataType.Real, "0000C07F", 1, 0).Status);
        Assert.Equal(StatusCode.BadConfigurationError, Decode((CipDataType)0xEE, "00", 1, 0).Status);
    }

    [Fact]
    public void A_structure_has_its_handle_in_front()
    {
        Assert.True(TagData.TryRead(Convert.FromHexString("A002CE0F" + "05000000"), out TagData tag));
        Assert.Equal((true, 0x0FCE, 4), (tag.IsStructure, tag.StructureHandle, tag.Bytes.Length));
        Assert.False(TagData.TryRead(Convert.FromHexString("A002CE"), out _));
        Assert.False(TagData.TryRead(Convert.FromHexString("C4"), out _));
    }

    [Fact]
    public void Every_type_has_a_name_and_a_size()
    {
        Assert.All(Types, type => Assert.NotNull(CipDataTypes.NameOf(type)));
        Assert.Equal("DINT", CipDataTypes.NameOf(CipDataType.Dint));
        Assert.Null(CipDataTypes.NameOf((CipDataType)0x12));
        Assert.All(Types, type => Assert.Equal(CipDataTypes.IsText(type), CipDataTypes.SizeOf(type) == 0));
    }

    [Fact]
    public void No_bytes_make_the_decoder_throw() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Int[0, Types.Length - 1].Select(which => Types[which]), Gen.Int[-1, 70], Gen.Int[1, 12], Gen.Int[-2, 300]).Sample((bytes, type, bit, elements, index) =>
        {
            var format = new ElementFormat(type, bit, TextEncoding.Utf8);
            ValueOutcome whole = ValueDecoder.Decode(TagData.Of((ushort)type, 0, bytes), elements, index, format);
            ValueOutcome member = ValueDecoder.Decode(bytes, index, format);
            ValueOutcome text = ValueDecoder.DecodeString(bytes, index, elements, TextEncoding.Windows1252);
            return (whole.Value is null) != whole.Status.IsGood && (member.Value is null) != member.Status.IsGood && (text.Value is null) != text.Status.IsGood;
        }, iter: 1_000_000);

    private static ValueOutcome Decode(CipDataType type, string bytes, int elements, int index, int bit = ElementFormat.NoBit) =>
        ValueDecoder.Decode(TagData.Of((ushort)type, 0, Convert.FromHexString(bytes)), elements, index, new ElementFormat(type, bit));
}
