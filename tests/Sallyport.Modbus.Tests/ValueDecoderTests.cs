using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.Modbus.Tests;

public sealed class ValueDecoderTests
{
    [Theory]
    [InlineData(DataType.Signed16, WordOrder.Abcd, "FF38", "-200")]
    [InlineData(DataType.Signed16, WordOrder.Cdab, "FF38", "-200")]
    [InlineData(DataType.Signed16, WordOrder.Badc, "38FF", "-200")]
    [InlineData(DataType.Signed16, WordOrder.Dcba, "38FF", "-200")]
    [InlineData(DataType.Unsigned16, WordOrder.Abcd, "FF38", "65336")]
    [InlineData(DataType.Unsigned16, WordOrder.Cdab, "FF38", "65336")]
    [InlineData(DataType.Unsigned16, WordOrder.Badc, "38FF", "65336")]
    [InlineData(DataType.Unsigned16, WordOrder.Dcba, "38FF", "65336")]
    [InlineData(DataType.Signed32, WordOrder.Abcd, "FFFE7961", "-99999")]
    [InlineData(DataType.Signed32, WordOrder.Cdab, "7961FFFE", "-99999")]
    [InlineData(DataType.Signed32, WordOrder.Badc, "FEFF6179", "-99999")]
    [InlineData(DataType.Signed32, WordOrder.Dcba, "6179FEFF", "-99999")]
    [InlineData(DataType.Unsigned32, WordOrder.Abcd, "FFFE7961", "4294867297")]
    [InlineData(DataType.Unsigned32, WordOrder.Cdab, "7961FFFE", "4294867297")]
    [InlineData(DataType.Unsigned32, WordOrder.Badc, "FEFF6179", "4294867297")]
    [InlineData(DataType.Unsigned32, WordOrder.Dcba, "6179FEFF", "4294867297")]
    [InlineData(DataType.Real32, WordOrder.Abcd, "42F6E979", "123.456")]
    [InlineData(DataType.Real32, WordOrder.Cdab, "E97942F6", "123.456")]
    [InlineData(DataType.Real32, WordOrder.Badc, "F64279E9", "123.456")]
    [InlineData(DataType.Real32, WordOrder.Dcba, "79E9F642", "123.456")]
    public void Every_type_is_read_in_every_order(DataType type, WordOrder order, string registers, string expected)
    {
        byte[] data = Convert.FromHexString("0000" + registers);
        Assert.Equal(expected, ValueDecoder.Decode(data, offset: 1, new ValueFormat(type, order)).ToString());
    }

    [Fact]
    public void The_bits_of_the_specification_example_are_found()
    {
        // Coils 20 to 38 of section 6.1: CD 6B 05, the first coil in the least significant bit.
        byte[] data = [0xCD, 0x6B, 0x05];
        string bits = string.Concat(Enumerable.Range(0, 19).Select(offset =>
            ValueDecoder.Decode(data, offset, new ValueFormat(DataType.Bit, WordOrder.Abcd)) == PointValue.FromBoolean(true) ? '1' : '0'));
        Assert.Equal("1011001111010110101", bits);
    }

    [Fact]
    public void Every_32_bit_pattern_comes_back_from_every_order() =>
        Gen.Select(Gen.UInt, Gen.Int[0, 3]).Sample((bits, which) =>
        {
            var order = (WordOrder)which;
            byte[] wire = Encode(bits, order);
            return ValueDecoder.Decode(wire, offset: 0, new ValueFormat(DataType.Unsigned32, order)) == PointValue.FromInt64(bits)
                && ValueDecoder.Decode(wire, offset: 0, new ValueFormat(DataType.Signed32, order)) == PointValue.FromInt64((int)bits);
        });

    [Fact]
    public void Every_float_comes_back_from_every_order() =>
        Gen.Select(Gen.Single, Gen.Int[0, 3]).Where((value, _) => float.IsFinite(value)).Sample((value, which) =>
        {
            var order = (WordOrder)which;
            byte[] wire = Encode(BitConverterSingle(value), order);
            return ValueDecoder.Decode(wire, offset: 0, new ValueFormat(DataType.Real32, order)) == PointValue.FromSingle(value);
        });

    private static uint BitConverterSingle(float value)
    {
        byte[] bytes = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteSingleBigEndian(bytes, value);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    // Written from the letters, independently of the decoder: A is the most significant byte.
    private static byte[] Encode(uint bits, WordOrder order) =>
        [.. order.ToString().ToUpperInvariant().Select(letter => (byte)(bits >> (8 * ('D' - letter))))];
}
