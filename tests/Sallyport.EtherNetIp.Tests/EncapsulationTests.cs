using System.Buffers;
using CsCheck;
using Sallyport.EtherNetIp.CommonPacketFormat;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIp.Tests;

public sealed class EncapsulationTests
{
    // From a public capture: a connected reply.
    private const string Body = "000000000000" + "0200" + "A1000400" + "44332211" + "B1000800" + "0700" + "CC000000C100";
    private const string Frame = "70001C00" + "00010210" + "00000000" + "0102030405060708" + "00000000" + Body;

    [Fact]
    public void A_frame_is_found_however_its_bytes_arrive()
    {
        byte[] bytes = Convert.FromHexString(Frame);
        foreach (ReadOnlySequence<byte> split in Splits.Of(bytes))
        {
            Assert.Equal(FrameArrival.Complete, EncapsulationFrame.Read(split, out EncapsulationHeader header, out ReadOnlySequence<byte> body));
            Assert.Equal(new EncapsulationHeader(EncapsulationCommand.SendUnitData, 28, 0x10020100, EncapsulationStatus.Success, 0x0807060504030201), header);
            Assert.Equal(Body, Convert.ToHexString(body.ToArray()));
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Equal(FrameArrival.Incomplete, EncapsulationFrame.Read(bytes.AsSpan(0, length), out _, out ReadOnlySpan<byte> body));
            Assert.True(body.IsEmpty);
            Assert.Equal(FrameArrival.Incomplete, EncapsulationFrame.Read(new ReadOnlySequence<byte>(bytes, 0, length), out _, out ReadOnlySequence<byte> part));
            Assert.True(part.IsEmpty);
        }
    }

    [Fact]
    public void What_follows_a_frame_is_not_part_of_it()
    {
        Assert.Equal(FrameArrival.Complete, EncapsulationFrame.Read(Convert.FromHexString(Frame + Frame), out _, out ReadOnlySpan<byte> body));
        Assert.Equal(Body, Convert.ToHexString(body));
    }

    // A reader that follows the length of what is no frame waits for ever.
    [Theory]
    [InlineData("485454502F312E3120343030204261642052657175657374")]
    [InlineData("FFFFFFFF0000000000000000000000000000000000000000")]
    [InlineData("670000000000000000000000000000000000000000000000")]
    public void Bytes_of_another_protocol_are_broken_as_soon_as_a_header_is_there(string bytes)
    {
        Assert.Equal(FrameArrival.Broken, EncapsulationFrame.Read(Convert.FromHexString(bytes), out _, out _));
        Assert.Equal(FrameArrival.Broken, EncapsulationFrame.Read(new ReadOnlySequence<byte>(Convert.FromHexString(bytes)), out _, out _));
    }

    [Fact]
    public void A_header_is_read_as_it_was_written() =>
        Gen.Select(Gen.UShort, Gen.UShort, Gen.UInt, Gen.UInt, Gen.ULong, Gen.UInt).Sample((command, length, session, status, context, options) =>
        {
            var header = new EncapsulationHeader((EncapsulationCommand)command, length, session, (EncapsulationStatus)status, context, options);
            byte[] bytes = new byte[EncapsulationHeader.Size];
            header.Write(bytes);
            return EncapsulationHeader.TryRead(bytes, out EncapsulationHeader read) && read == header;
        });

    [Theory]
    [InlineData("650004000001021000000000" + "0000000000000000" + "00000000" + "01000000", true)]
    [InlineData("650004000000000000000000" + "0000000000000000" + "00000000" + "01000000", false)]
    [InlineData("650004000001021069000000" + "0000000000000000" + "00000000" + "01000000", false)]
    [InlineData("650000000001021000000000" + "0000000000000000" + "00000000", false)]
    [InlineData("6F0004000001021000000000" + "0000000000000000" + "00000000" + "01000000", false)]
    public void A_session_is_there_only_if_the_target_gave_one(string frame, bool isThere)
    {
        EncapsulationFrame.Read(Convert.FromHexString(frame), out EncapsulationHeader header, out ReadOnlySpan<byte> body);
        Assert.Equal(isThere, SessionRegistration.TryRead(header, body, out uint session));
        Assert.True(!isThere || session == 0x10020100);
    }

    [Theory]
    [InlineData(0x00, "good")]
    [InlineData(0x02, "close other clients")]
    [InlineData(0x64, "ended the session")]
    [InlineData(0x65, "0x65")]
    [InlineData(0x69, "another version")]
    [InlineData(0x6A, "CIP Security")]
    [InlineData(0x99, "0x99")]
    public void Each_refusal_of_a_frame_says_what_it_means(int status, string part) =>
        Assert.Contains(part, SessionRefusal.TextOf((EncapsulationStatus)status), StringComparison.Ordinal);

    [Fact]
    public void The_message_of_a_connection_is_found_with_its_id_and_its_sequence()
    {
        Assert.True(CipPacket.TryReadConnected(Convert.FromHexString(Body), out CipPacket packet));
        Assert.Equal((0x11223344U, (ushort)7, "CC000000C100"), (packet.ConnectionId, packet.Sequence, Convert.ToHexString(packet.Message)));
        Assert.False(CipPacket.TryReadUnconnected(Convert.FromHexString(Body), out _));
    }

    // Real controllers give another timeout than they were given, and more items than they were sent.
    [Fact]
    public void Items_that_nobody_asked_for_are_passed_over()
    {
        const string Extra = "00000000" + "0500" + "0400" + "00000000" + "0080" + "1000" + "0002AF12C0A8010A0000000000000000" + "B2000400" + "CE000000" + "FFFF0000";
        Assert.True(CipPacket.TryReadUnconnected(Convert.FromHexString(Extra), out CipPacket packet));
        Assert.Equal("CE000000", Convert.ToHexString(packet.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("01000000" + "0000" + "0200" + "00000000" + "B2000400" + "CE000000")]
    [InlineData("00000000" + "0000" + "0200" + "00000000" + "B2000500" + "CE000000")]
    [InlineData("00000000" + "0000" + "0300" + "00000000" + "B2000400" + "CE000000")]
    [InlineData("00000000" + "0000" + "0100" + "00000000")]
    [InlineData("00000000" + "0000" + "0200" + "A1000400" + "44332211" + "B1000100" + "07")]
    [InlineData("00000000" + "0000" + "0200" + "A1000300" + "443322" + "B1000200" + "0700")]
    public void A_packet_whose_items_do_not_fill_it_is_broken(string body)
    {
        Assert.False(CipPacket.TryReadUnconnected(Convert.FromHexString(body), out _));
        Assert.False(CipPacket.TryReadConnected(Convert.FromHexString(body), out _));
    }
}
