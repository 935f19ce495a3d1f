using System.Buffers.Binary;
using CsCheck;
using Sallyport.TestKit;

namespace Sallyport.Modbus.Tests;

public sealed class RtuExchangeTests
{
    private static readonly RtuExchange ThreeRegisters = new(0x11, new ReadRequest(ModbusTable.HoldingRegister, address: 0x6B, quantity: 3));
    private const string ThreeRegistersReply = "11 03 06 AE41 5652 4340 49AD";

    [Theory]
    [InlineData("", 0x0000FFFF)]
    [InlineData("313233343536373839", 0x4B37)] // the check value of CRC-16/MODBUS
    [InlineData("1103006B0003", 0x8776)]
    public void The_checksum_is_that_of_the_specification(string hex, int crc) => Assert.Equal(crc, RtuCrc.Of(Convert.FromHexString(hex)));

    [Fact]
    public void A_reply_is_read()
    {
        byte[] data = new byte[6];
        Assert.True(Find(ThreeRegisters, Bytes(ThreeRegistersReply), data, out ReadReply reply, out int skipped));
        Assert.Equal(("AE4156524340", 6, 0), (Convert.ToHexString(data), reply.DataLength, skipped));
    }

    // Facts 6.25, 6.31: USB adapters and networks split frames as they like.
    [Fact]
    public void A_reply_that_is_not_all_there_is_waited_for() =>
        Assert.All(Splits.PrefixesOf(Bytes(ThreeRegistersReply)), beginning => Assert.False(Find(ThreeRegisters, beginning.Span, new byte[6], out _, out _)));

    [Fact]
    public void An_exception_has_five_bytes()
    {
        Assert.True(Find(ThreeRegisters, Frame("11 83 02"), new byte[6], out ReadReply reply, out _));
        Assert.Equal(2, reply.Exception!.Value.Value);
    }

    // Facts 6.26: noise of the driver, the echo of a two-wire adapter, replies and broadcasts of others.
    [Theory]
    [InlineData("00")]
    [InlineData("00 FF 00")]
    [InlineData("11")]
    [InlineData("11 03")]
    [InlineData("11 03 06")]
    [InlineData("11 03 006B 0003 7687")]
    [InlineData("FF 11 03 006B 0003 7687")]
    [InlineData("12 03 02 1234 B8D6")]
    [InlineData("00 06 0001 0001 181B")]
    public void What_stands_before_the_reply_is_skipped(string noise)
    {
        byte[] before = Bytes(noise);
        byte[] data = new byte[6];
        Assert.True(Find(ThreeRegisters, [.. before, .. Bytes(ThreeRegistersReply)], data, out _, out int skipped));
        Assert.Equal(before.Length, skipped);
        Assert.Equal("AE4156524340", Convert.ToHexString(data));
    }

    // Facts 6.26: this request for 20 coils from 0x0300 on reads like its own reply with three bytes.
    [Fact]
    public void The_echo_of_a_request_that_looks_like_a_reply_is_no_reply()
    {
        var exchange = new RtuExchange(1, new ReadRequest(ModbusTable.Coil, address: 0x0300, quantity: 20));
        byte[] echo = Sent(exchange);
        Assert.False(Find(exchange, echo, new byte[3], out _, out _));
        Assert.True(Find(exchange, [.. echo, .. Frame("01 01 03 AA BB 0C")], new byte[3], out _, out int skipped));
        Assert.Equal(echo.Length, skipped);
    }

    // Facts 6.20: a short reply is never data.
    [Theory]
    [InlineData("11 03 04 0001 0002")]
    [InlineData("11 03 08 0001 0002 0003 0004")]
    public void A_sound_frame_with_another_count_is_refused(string frame) => Assert.Equal(
        ModbusFault.ByteCount,
        Assert.Throws<ModbusProtocolException>(() => Find(ThreeRegisters, Frame(frame), new byte[6], out _, out _)).Fault);

    [Fact]
    public void A_reply_of_another_unit_or_function_is_not_taken()
    {
        Assert.False(Find(ThreeRegisters, Frame("12 03 06 0001 0002 0003"), new byte[6], out _, out _));
        Assert.False(Find(ThreeRegisters, Frame("11 04 06 0001 0002 0003"), new byte[6], out _, out _));
        Assert.False(Find(ThreeRegisters, Frame("11 84 02"), new byte[6], out _, out _));
    }

    [Fact]
    public void One_changed_bit_anywhere_and_the_reply_is_not_taken()
    {
        byte[] good = Bytes(ThreeRegistersReply);
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] bad = [.. good];
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Find(ThreeRegisters, bad, new byte[6], out _, out _));
            Assert.True(bit / 8 <= 2 || ThreeRegisters.HasDamagedReply(Sent(ThreeRegisters), bad));
        }
    }

    [Fact]
    public void An_identification_tells_its_own_length()
    {
        var exchange = new RtuExchange(1, new IdentificationRequest(IdentificationLevel.Basic, firstObject: 0));
        byte[] frame = Frame("01 2B 0E 01 01 00 00 02 00 03 414243 01 00");
        byte[] data = new byte[253];
        Assert.All(Splits.PrefixesOf(frame), beginning => Assert.False(Find(exchange, beginning.Span, data, out _, out _)));
        Assert.True(Find(exchange, [.. Sent(exchange), .. frame], data, out ReadReply reply, out _));
        Assert.Equal("ABC", IdentificationReply.Parse(data.AsSpan(0, reply.DataLength)).Objects[0].Text);
    }

    [Fact]
    public void Any_data_is_found_behind_any_noise() =>
        Gen.Select(Gen.Byte[1, 247], Gen.Int[1, 125], Gen.Byte.Array[0, 40], Gen.Byte).Sample((unit, quantity, noise, seed) =>
        {
            var exchange = new RtuExchange(unit, new ReadRequest(ModbusTable.InputRegister, address: 0, quantity));
            byte[] sent = [.. Enumerable.Range(0, quantity * 2).Select(i => (byte)((i * 7) + seed))];
            byte[] frame = WithCrc([unit, 4, (byte)sent.Length, .. sent]);
            byte[] data = new byte[sent.Length];
            return Find(exchange, [.. noise, .. frame], data, out _, out int skipped) && skipped == noise.Length && data.AsSpan().SequenceEqual(sent);
        });

    private static bool Find(RtuExchange exchange, ReadOnlySpan<byte> received, byte[] data, out ReadReply reply, out int skipped) =>
        exchange.TryFindReply(Sent(exchange), received, data, out reply, out skipped);

    private static byte[] Sent(RtuExchange exchange)
    {
        byte[] sent = new byte[ReadRequestSerializer.MaxRtuSize];
        return sent[..ReadRequestSerializer.WriteRtu(exchange.UnitId, exchange.Request, sent)];
    }

    private static byte[] Frame(string hex) => WithCrc(Bytes(hex));

    private static byte[] WithCrc(byte[] bytes)
    {
        byte[] frame = [.. bytes, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(bytes.Length), RtuCrc.Of(bytes));
        return frame;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
