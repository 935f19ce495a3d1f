using System.Text;
using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.Modbus.Tests;

/// <summary>Strings as devices have them; facts 6.23.</summary>
public sealed class TextDecoderTests
{
    [Theory]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "504C4332", "PLC2")]
    [InlineData(CharacterPacking.LowFirst, CharacterEncoding.Ascii, "4C503243", "PLC2")]
    [InlineData(CharacterPacking.HighOnly, CharacterEncoding.Ascii, "50004C00", "PL")]
    [InlineData(CharacterPacking.LowOnly, CharacterEncoding.Ascii, "0050004C", "PL")]
    [InlineData(CharacterPacking.HighOnly, CharacterEncoding.Ascii, "50FF4CFF", "PL")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "504C4300", "PLC")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "504C2020", "PL")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "20504C20", " PL")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "5000FFFF", "P")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "50200000", "P")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "00000000", "")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Ascii, "20202020", "")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Latin1, "B0434220", "°CB")]
    [InlineData(CharacterPacking.LowFirst, CharacterEncoding.Utf8, "C24332B0", "C°2")]
    [InlineData(CharacterPacking.HighFirst, CharacterEncoding.Utf8, "43C2B032", "C°2")]
    public void Characters_are_found_in_their_registers(
        CharacterPacking packing, CharacterEncoding encoding, string registers, string expected)
    {
        ValueOutcome outcome = Decode(registers, new TextFormat(registers.Length / 4, packing, encoding));
        Assert.Equal(PointValue.FromText(expected), outcome.Value);
    }

    [Theory]
    [InlineData(CharacterEncoding.Ascii, "50B0")]
    [InlineData(CharacterEncoding.Utf8, "50C2")]
    [InlineData(CharacterEncoding.Utf8, "C0AF")]
    public void Bytes_that_are_no_text_are_a_bad_value(CharacterEncoding encoding, string registers)
    {
        ValueOutcome outcome = Decode(registers, new TextFormat(1, CharacterPacking.HighFirst, encoding));
        Assert.Equal((null, StatusCode.BadOutOfRange, "not a text in its encoding"), (outcome.Value, outcome.Status, outcome.Reason));
    }

    [Fact]
    public void Every_text_comes_back_from_every_packing_encoding_and_padding() =>
        Gen.String[Gen.Char['!', '~'], 0, 40].Sample(text =>
        {
            foreach (CharacterPacking packing in Enum.GetValues<CharacterPacking>())
            {
                foreach (CharacterEncoding encoding in Enum.GetValues<CharacterEncoding>())
                {
                    var format = new ValueFormat(DataType.Text, WordOrder.Dcba) { Text = new TextFormat(45, packing, encoding) };
                    foreach (byte padding in "\0 "u8)
                    {
                        byte[] wire = ValueEncoder.Pack(Encoding.ASCII.GetBytes(text), format.Text, padding);
                        Assert.Equal(PointValue.FromText(text), ValueDecoder.Decode(wire, offset: 0, format).Value);
                    }
                }
            }
        });

    [Fact]
    public void A_string_takes_its_registers_and_no_more()
    {
        byte[] data = "..ABCDEF"u8.ToArray();
        var format = new ValueFormat(DataType.Text, WordOrder.Abcd) { Text = new TextFormat(2, CharacterPacking.HighFirst, CharacterEncoding.Ascii) };
        Assert.Equal(PointValue.FromText("ABCD"), ValueDecoder.Decode(data, offset: 1, format).Value);
        Assert.Equal(125, (format with { Text = format.Text with { Registers = 125 } }).Width);
    }

    private static ValueOutcome Decode(string registers, TextFormat format) =>
        ValueDecoder.Decode(Convert.FromHexString(registers), offset: 0, new ValueFormat(DataType.Text, WordOrder.Abcd) { Text = format });
}
