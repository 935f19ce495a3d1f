using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Tests.EtherNetIpPlant.CipDialogue;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

public sealed class EncapsulationSessionTests
{
    private const string RegisterSession = "6500 0400 00000000 00000000 0000000000000000 00000000 0100 0000";

    private readonly CipDialogue _client = new(CompactLogix.Create("line-1", new PlantLedger(), new FakeTimeProvider()));

    [Fact]
    public void RegisterSession_answers_with_the_handle_in_the_header() =>
        Assert.Equal(Bytes("6500 0400 11000000 00000000 0000000000000000 00000000 0100 0000"), _client.Send(RegisterSession));

    [Fact]
    public void A_sender_context_is_echoed() =>
        Assert.Equal(
            Bytes("6500 0400 11000000 00000000 5F7079636F6D6D5F 00000000 0100 0000"),
            _client.Send("6500 0400 00000000 00000000 5F7079636F6D6D5F 00000000 0100 0000"));

    [Theory]
    [InlineData("6500 0400 00000000 00000000 0000000000000000 00000000 0200 0000", 0x69)]
    [InlineData("6500 0200 00000000 00000000 0000000000000000 00000000 0100", 0x65)]
    [InlineData("6F00 0000 11000000 00000000 0000000000000000 00000000", 0x64)]
    [InlineData("9900 0000 00000000 00000000 0000000000000000 00000000", 0x01)]
    public void A_frame_that_makes_no_sense_gets_its_status(string frame, byte status)
    {
        var reply = _client.Send(frame)!;
        Assert.Equal((24, status), (reply.Length, reply[8]));
    }

    [Theory]
    [InlineData("0000 0000 00000000 00000000 0000000000000000 00000000")]
    [InlineData("6300 0000 00000000 00000000 0000000000000000 01000000")]
    [InlineData("6600 0000 11000000 00000000 0000000000000000 00000000")]
    public void NOP_options_and_UnRegisterSession_get_no_reply(string frame) => Assert.Null(_client.Send(frame));

    [Fact]
    public void ListIdentity_tells_who_the_controller_is_and_where() =>
        Assert.Equal(
            Bytes("6300 3500 00000000 00000000 0000000000000000 00000000 0100 0C00 2F00 0100 0002 AF12 7F010205 0000000000000000"
                + "0100 0E00 0B01 21 0B 6030 EEFFC000 0D 353036392D4C33333045522F41 03"),
            _client.Send("6300 0000 00000000 00000000 0000000000000000 00000000"));

    [Fact]
    public void A_controller_with_nothing_but_its_secure_port_open_says_so_and_refuses_sessions()
    {
        var locked = new CipDialogue(CompactLogix.Create("line-1", DeviceTraits.CompactLogix with { IsLockedToSecurePort = true }, new PlantLedger(), new FakeTimeProvider()));
        var identity = locked.Send("6300 0000 00000000 00000000 0000000000000000 00000000")!;
        Assert.Equal((2, "86000500 0300 02 02 08".Replace(" ", "", StringComparison.Ordinal)), (identity[24], Convert.ToHexString(identity[^9..])));
        Assert.Equal(0x6A, locked.Send(RegisterSession)![8]);
    }

    [Fact]
    public void A_message_before_a_session_is_refused() =>
        Assert.Equal(0x64, _client.Send("6F00 1600 11000000 00000000 0000000000000000 00000000 00000000 0000 0200 0000 0000 B200 0600 0E03 2001 2401")![8]);

    [Theory]
    [InlineData("00000000 0000 0300 0000 0000 B200 0600 010220012401")]
    [InlineData("00000000 0000 0200 0000 0000 B200 0800 010220012401")]
    [InlineData("01000000 0000 0200 0000 0000 B200 0600 010220012401")]
    [InlineData("00000000 0000 0100 B200 0600 010220012401")]
    public void Items_that_do_not_add_up_are_incorrect_data(string body)
    {
        var length = Bytes(body).Length;
        Assert.Equal(3, _client.Register().Send($"6F00 {length:X2}00 11000000 00000000 0000000000000000 00000000 {body}")![8]);
    }

    [Fact]
    public void An_unconnected_message_is_answered_in_two_items() =>
        Assert.Equal(
            Bytes("6F00 1600 11000000 00000000 0102030405060708 00000000 00000000 0000 0200 0000 0000 B200 0600 8E00 0000 0100"),
            _client.Register().Send("6F00 1800 11000000 00000000 0102030405060708 00000000 00000000 0000 0200 0000 0000 B200 0800 0E03 2001 2401 3001"));

    [Fact]
    public void A_lost_session_is_unknown_until_it_is_registered_again()
    {
        _client.Register();
        var id = _client.Open(isLarge: true, 4002);
        var reply = _client.Send("6F00 1600 11000000 00000000 0000000000000000 00000000 00000000 0000 0200 0000 0000 B200 0600 010220012401", new(Rudeness: EtherNetIpRudeness.SessionLost))!;
        Assert.Equal(0x64, reply[8]);
        _client.Register();
        Assert.Null(_client.Connected(id, 1, Read(Name("Limit"))));
    }

    [Fact]
    public void Extra_items_follow_the_data_when_the_plant_is_told_so()
    {
        var reply = _client.Register().Send(
            "6F00 1800 11000000 00000000 0102030405060708 00000000 00000000 0000 0200 0000 0000 B200 0800 0E03 2001 2401 3001", new(Rudeness: EtherNetIpRudeness.ExtraItems))!;
        Assert.Equal((3, "0180 1000".Replace(" ", "", StringComparison.Ordinal)), (reply[30], Convert.ToHexString(reply[46..50])));
    }
}
