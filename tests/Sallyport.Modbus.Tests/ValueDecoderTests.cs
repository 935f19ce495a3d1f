using System.Runtime.CompilerServices;
using CsCheck;
using Sallyport.Telemetry;

namespace Sallyport.Modbus.Tests;

public sealed class ValueDecoderTests
{
    private static readonly DataType[] Numbers =
        [.. Enum.GetValues<DataType>().Where(type => type is not (DataType.Bit or DataType.RegisterBit or DataType.Text))];

    private static readonly ValueFormat[] Formats =
    [
        .. from type in Enum.GetValues<DataType>()
            where type is not DataType.Text
            from order in WordOrder.For(4)
            select new ValueFormat(type, order) { BitNumber = 15 },
        .. from packing in Enum.GetValues<CharacterPacking>()
            from encoding in Enum.GetValues<CharacterEncoding>()
            from registers in (int[])[1, 5, 125]
            select new ValueFormat(DataType.Text, WordOrder.Abcd) { Text = new TextFormat(registers, packing, encoding) },
    ];

    // Facts 2.1. The orders mixed in one device are facts 6.22. 123456 in all four orders is what libmodbus' own tests have: 47F12000, 200047F1, F1470020, 0020F147.
    [Theory]
    [InlineData(DataType.Signed8High, "AB", "80FF", "-128")]
    [InlineData(DataType.Signed8Low, "AB", "80FF", "-1")]
    [InlineData(DataType.Unsigned8High, "AB", "80FF", "128")]
    [InlineData(DataType.Unsigned8Low, "AB", "80FF", "255")]
    [InlineData(DataType.Unsigned8High, "BA", "80FF", "255")]
    [InlineData(DataType.Signed8Low, "BA", "80FF", "-128")]
    [InlineData(DataType.Signed16, "AB", "FF38", "-200")]
    [InlineData(DataType.Signed16, "BA", "38FF", "-200")]
    [InlineData(DataType.Unsigned16, "AB", "FF38", "65336")]
    [InlineData(DataType.Unsigned16, "BA", "38FF", "65336")]
    [InlineData(DataType.Signed32, "ABCD", "FFFE7961", "-99999")]
    [InlineData(DataType.Signed32, "CDAB", "7961FFFE", "-99999")]
    [InlineData(DataType.Signed32, "BADC", "FEFF6179", "-99999")]
    [InlineData(DataType.Signed32, "DCBA", "6179FEFF", "-99999")]
    [InlineData(DataType.Unsigned32, "ABCD", "FFFE7961", "4294867297")]
    [InlineData(DataType.Unsigned32, "CDAB", "7961FFFE", "4294867297")]
    [InlineData(DataType.Unsigned32, "BADC", "FEFF6179", "4294867297")]
    [InlineData(DataType.Unsigned32, "DCBA", "6179FEFF", "4294867297")]
    [InlineData(DataType.Signed64, "ABCDEFGH", "FFFE796112345678", "-429492129212808")]
    [InlineData(DataType.Signed64, "GHEFCDAB", "567812347961FFFE", "-429492129212808")]
    [InlineData(DataType.Signed64, "BADCFEHG", "FEFF617934127856", "-429492129212808")]
    [InlineData(DataType.Signed64, "HGFEDCBA", "785634126179FEFF", "-429492129212808")]
    [InlineData(DataType.Signed64, "CDABGHEF", "7961FFFE56781234", "-429492129212808")]
    [InlineData(DataType.Signed64, "EFGHABCD", "12345678FFFE7961", "-429492129212808")]
    [InlineData(DataType.Signed64, "DCBAHGFE", "6179FEFF78563412", "-429492129212808")]
    [InlineData(DataType.Signed64, "FEHGBADC", "34127856FEFF6179", "-429492129212808")]
    [InlineData(DataType.Unsigned64, "ABCDEFGH", "FFFE796112345678", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "GHEFCDAB", "567812347961FFFE", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "BADCFEHG", "FEFF617934127856", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "HGFEDCBA", "785634126179FEFF", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "CDABGHEF", "7961FFFE56781234", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "EFGHABCD", "12345678FFFE7961", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "DCBAHGFE", "6179FEFF78563412", "18446314581580338808")]
    [InlineData(DataType.Unsigned64, "FEHGBADC", "34127856FEFF6179", "18446314581580338808")]
    [InlineData(DataType.Real16, "AB", "C100", "-2.5")]
    [InlineData(DataType.Real16, "BA", "5535", "0.33325195")]
    [InlineData(DataType.Real32, "ABCD", "47F12000", "123456")]
    [InlineData(DataType.Real32, "CDAB", "200047F1", "123456")]
    [InlineData(DataType.Real32, "BADC", "F1470020", "123456")]
    [InlineData(DataType.Real32, "DCBA", "0020F147", "123456")]
    [InlineData(DataType.Real32, "CDAB", "E97942F6", "123.456")]
    [InlineData(DataType.Real64, "ABCDEFGH", "40FE240C9FBE76C9", "123456.789")]
    [InlineData(DataType.Real64, "GHEFCDAB", "76C99FBE240C40FE", "123456.789")]
    [InlineData(DataType.Real64, "BADCFEHG", "FE400C24BE9FC976", "123456.789")]
    [InlineData(DataType.Real64, "HGFEDCBA", "C976BE9F0C24FE40", "123456.789")]
    [InlineData(DataType.Real64, "CDABGHEF", "240C40FE76C99FBE", "123456.789")]
    [InlineData(DataType.Real64, "EFGHABCD", "9FBE76C940FE240C", "123456.789")]
    [InlineData(DataType.Real64, "DCBAHGFE", "0C24FE40C976BE9F", "123456.789")]
    [InlineData(DataType.Real64, "FEHGBADC", "BE9FC976FE400C24", "123456.789")]
    [InlineData(DataType.Decimal16, "AB", "0742", "742")]
    [InlineData(DataType.Decimal16, "BA", "4207", "742")]
    [InlineData(DataType.Decimal32, "ABCD", "12345678", "12345678")]
    [InlineData(DataType.Decimal32, "CDAB", "56781234", "12345678")]
    [InlineData(DataType.Decimal32, "BADC", "34127856", "12345678")]
    [InlineData(DataType.Decimal32, "DCBA", "78563412", "12345678")]
    [InlineData(DataType.Decimal64, "ABCDEFGH", "9999999999999999", "9999999999999999")]
    [InlineData(DataType.Decimal64, "GHEFCDAB", "1234789034560012", "12345678901234")]
    public void Every_type_is_read_in_every_order(DataType type, string letters, string registers, string expected)
    {
        int width = letters.Length / 2;
        WordOrder order = WordOrder.For(width).First(order => string.Equals(order.Letters(width), letters, StringComparison.Ordinal));
        byte[] data = Convert.FromHexString("0000" + registers);
        var format = new ValueFormat(type, order);
        Assert.Equal(width, format.Width);
        Assert.Equal(expected, ValueDecoder.Decode(data, offset: 1, format).Value.ToString());
    }

    [Fact]
    public void The_bits_of_the_specification_example_are_found()
    {
        // Coils 20 to 38 of section 6.1: CD 6B 05, the first coil in the least significant bit.
        byte[] data = [0xCD, 0x6B, 0x05];
        string bits = string.Concat(Enumerable.Range(0, 19).Select(offset =>
            ValueDecoder.Decode(data, offset, new ValueFormat(DataType.Bit, WordOrder.Abcd)).Value == PointValue.FromBoolean(true) ? '1' : '0'));
        Assert.Equal("1011001111010110101", bits);
    }

    [Theory]
    [InlineData(false, "1000000000001001")]
    [InlineData(true, "0000100110000000")]
    public void Each_bit_of_a_register_counts_from_the_least_significant(bool swapsBytes, string expected)
    {
        byte[] data = [0x80, 0x09];
        string bits = string.Concat(Enumerable.Range(0, 16).Reverse().Select(bit => ValueDecoder.Decode(
            data,
            offset: 0,
            new ValueFormat(DataType.RegisterBit, swapsBytes ? WordOrder.Badc : WordOrder.Abcd) { BitNumber = bit }).Value == PointValue.FromBoolean(true) ? '1' : '0'));
        Assert.Equal(expected, bits);
    }

    // Facts 6.24.
    [Theory]
    [InlineData(DataType.Decimal16, "0A00")]
    [InlineData(DataType.Decimal16, "FFFF")]
    [InlineData(DataType.Decimal32, "1234567B")]
    [InlineData(DataType.Decimal64, "C234567890123456")]
    public void A_digit_beyond_9_is_a_bad_value_and_no_number(DataType type, string registers)
    {
        ValueOutcome outcome = ValueDecoder.Decode(Convert.FromHexString(registers), offset: 0, new ValueFormat(type, WordOrder.Abcd));
        Assert.Equal((null, StatusCode.BadOutOfRange, "not a decimal digit"), (outcome.Value, outcome.Status, outcome.Reason));
    }

    [Theory]
    [InlineData(DataType.Real16, "7C00")]
    [InlineData(DataType.Real32, "7FC00000")]
    [InlineData(DataType.Real64, "FFF0000000000000")]
    public void What_is_not_finite_is_a_bad_value(DataType type, string registers)
    {
        ValueOutcome outcome = ValueDecoder.Decode(Convert.FromHexString(registers), offset: 0, new ValueFormat(type, WordOrder.Abcd));
        Assert.Equal((null, StatusCode.BadOutOfRange, "not finite"), (outcome.Value, outcome.Status, outcome.Reason));
    }

    [Fact]
    public void Every_number_comes_back_from_every_type_in_every_order() =>
        Gen.ULong.Sample(random =>
        {
            foreach (DataType type in Numbers)
            {
                (ulong bits, PointValue expected) = Expected(type, random);
                foreach (WordOrder order in WordOrder.For(4))
                {
                    var format = new ValueFormat(type, order);
                    ValueOutcome outcome = ValueDecoder.Decode(ValueEncoder.Encode(bits, format.Width, order), offset: 0, format);
                    Assert.Equal((type, order, ValueOutcome.Good(expected)), (type, order, outcome));
                    Assert.Equal(expected.IsFinite, outcome.Value is not null);
                }
            }
        });

    [Fact]
    public void Every_bit_comes_back_from_every_order() =>
        Gen.Select(Gen.UShort, Gen.Int[0, 15], Gen.Bool).Sample((register, bit, swapsBytes) =>
        {
            WordOrder order = swapsBytes ? WordOrder.Badc : WordOrder.Abcd;
            ValueOutcome outcome = ValueDecoder.Decode(
                ValueEncoder.Encode(register, registers: 1, order), offset: 0, new ValueFormat(DataType.RegisterBit, order) { BitNumber = bit });
            return outcome == ValueOutcome.Good(PointValue.FromBoolean(((register >> bit) & 1) == 1));
        });

    // Facts 6.20: a short reply is never data.
    [Fact]
    public void No_bytes_make_the_decoder_throw() =>
        Gen.Select(Gen.Byte.Array[0, 260], Gen.Int[0, 140], Gen.Int[0, Formats.Length - 1]).Sample((data, offset, which) =>
        {
            ValueFormat format = Formats[which];
            ValueOutcome outcome = ValueDecoder.Decode(data, offset, format);
            int needed = format.Type is DataType.Bit ? (offset / 8) + 1 : (offset + format.Width) * 2;
            return data.Length >= needed
                ? outcome.Value is { IsFinite: true } || outcome.Status == StatusCode.BadOutOfRange
                : outcome.Status == StatusCode.BadCommunicationError;
        }, iter: 20_000);

    [Fact]
    public void Numbers_and_bits_are_read_without_allocation()
    {
        byte[] data = Enumerable.Range(0, 250).Select(i => (byte)(i * 37)).ToArray();
        DecodeAll(data);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DecodeAll(data);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void DecodeAll(byte[] data)
    {
        foreach (ValueFormat format in Formats)
        {
            for (int offset = 0; format.Type is not DataType.Text && offset < 120; offset++)
            {
                ValueDecoder.Decode(data, offset, format);
            }
        }
    }

    private static (ulong Bits, PointValue Value) Expected(DataType type, ulong random) => type switch
    {
        DataType.Signed8High => ((random & 0xFFFF), PointValue.FromInt64((sbyte)(random >> 8))),
        DataType.Signed8Low => ((random & 0xFFFF), PointValue.FromInt64((sbyte)random)),
        DataType.Unsigned8High => ((random & 0xFFFF), PointValue.FromInt64((byte)(random >> 8))),
        DataType.Unsigned8Low => ((random & 0xFFFF), PointValue.FromInt64((byte)random)),
        DataType.Signed16 => ((random & 0xFFFF), PointValue.FromInt64((short)random)),
        DataType.Unsigned16 => ((random & 0xFFFF), PointValue.FromInt64((ushort)random)),
        DataType.Signed32 => ((uint)random, PointValue.FromInt64((int)random)),
        DataType.Unsigned32 => ((uint)random, PointValue.FromInt64((uint)random)),
        DataType.Signed64 => (random, PointValue.FromInt64((long)random)),
        DataType.Unsigned64 => (random, PointValue.FromUInt64(random)),
        DataType.Real16 => ((ushort)random, PointValue.FromSingle((float)Unsafe.BitCast<ushort, Half>((ushort)random))),
        DataType.Real32 => ((uint)random, PointValue.FromSingle(Unsafe.BitCast<uint, float>((uint)random))),
        DataType.Real64 => (random, PointValue.FromDouble(Unsafe.BitCast<ulong, double>(random))),
        DataType.Decimal16 => (ValueEncoder.DigitsOf(random % 10_000), PointValue.FromInt64((long)(random % 10_000))),
        DataType.Decimal32 => (ValueEncoder.DigitsOf(random % 100_000_000), PointValue.FromInt64((long)(random % 100_000_000))),
        _ => (ValueEncoder.DigitsOf(random % 10_000_000_000_000_000), PointValue.FromInt64((long)(random % 10_000_000_000_000_000))),
    };
}
