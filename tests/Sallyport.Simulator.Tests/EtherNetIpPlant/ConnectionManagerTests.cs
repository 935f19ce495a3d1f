using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Tests.EtherNetIpPlant.CipDialogue;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

public sealed class ConnectionManagerTests
{
    private const string Originator = "0100 3713 EFBEADDE";

    private readonly FakeTimeProvider _time = new();
    private readonly EtherNetIpDevice _logix;
    private readonly EtherNetIpDevice _micro;

    public ConnectionManagerTests() =>
        (_logix, _micro) = (CompactLogix.Create("line-1", new PlantLedger(), _time), Micro850.Create("compressor", new PlantLedger(), _time));

    [Fact]
    public void A_Micro850_refuses_a_port_segment_and_says_that_three_words_were_left() =>
        Assert.Equal(
            Bytes($"D400 0101 1103 {Originator} 0300"),
            Bytes(new CipDialogue(_micro).Register().Unconnected(ForwardOpen(isLarge: false, 504, "0100 2002 2401"))!));

    [Fact]
    public void A_Micro850_knows_no_Large_Forward_Open_no_packet_and_no_route()
    {
        var client = new CipDialogue(_micro).Register();
        Assert.Equal("DB000800", client.Unconnected(ForwardOpen(isLarge: true, 4002)));
        Assert.Equal("8A000800", client.Unconnected(Packet(Read(Name("Speed")))));
        Assert.Equal("D2000800", client.Unconnected(Request(0x52, "2006 2401", "0A05 0600 0102 2001 2401 0100 0100")));
        Assert.NotNull(client.Open(isLarge: false, 504));
    }

    [Fact]
    public void A_connection_is_opened_with_the_originators_numbers_and_intervals()
    {
        var reply = new CipDialogue(_logix).Register().Unconnected(ForwardOpen(isLarge: true, 4002, "0100 2002 2401"))!;
        Assert.Equal(Bytes($"DB00 0000 01000020 78563412 {Originator} 80841E00 80841E00 0000"), Bytes(reply));
    }

    [Theory]
    [InlineData(true, 4003, "01 02 0901 A20F")]
    [InlineData(false, 509, "01 02 0901 FC01")]
    public void A_size_that_is_too_large_is_refused_with_the_one_that_would_do(bool isLarge, int size, string status)
    {
        var reply = new CipDialogue(_logix).Register().Unconnected(ForwardOpen(isLarge, size))!;
        Assert.Equal(Bytes(status), Bytes(reply)[2..8]);
    }

    // facts 4: zero is not compared; vendor and product code 0114, device type 0115, revision 0116.
    [Theory]
    [InlineData("0000 0000 0000 00 00", "00")]
    [InlineData("0100 0E00 0B01 21 0B", "00")]
    [InlineData("0100 0E00 0B01 A1 0B", "00")]
    [InlineData("0100 0E00 0B01 A1 05", "00")]
    [InlineData("0100 0E00 0B01 A0 63", "00")]
    [InlineData("0200 0E00 0B01 21 0B", "01 01 1401")]
    [InlineData("0100 0E00 0C01 21 0B", "01 01 1401")]
    [InlineData("0100 0C00 0B01 21 0B", "01 01 1501")]
    [InlineData("0100 0E00 0B01 20 0B", "01 01 1601")]
    [InlineData("0100 0E00 0B01 21 0C", "01 01 1601")]
    [InlineData("0100 0E00 0B01 A1 0C", "01 01 1601")]
    [InlineData("0100 0E00 0B01 A2 00", "01 01 1601")]
    public void An_electronic_key_is_compared_before_the_connection_opens(string key, string status)
    {
        var reply = Bytes(new CipDialogue(_logix).Register().Unconnected(ForwardOpen(isLarge: false, 504, $"0100 3404 {key} 2002 2401"))!);
        var expected = Bytes(status);
        Assert.Equal(expected, reply[2..(2 + expected.Length)]);
    }

    [Theory]
    [InlineData("0103 2002 2401", "1203")]
    [InlineData("0200 2002 2401", "1103")]
    [InlineData("2004 2401", "1503")]
    [InlineData("0100", "1503")]
    public void A_path_that_leads_nowhere_is_refused_with_its_reason(string path, string extended)
    {
        var reply = Bytes(new CipDialogue(_logix).Register().Unconnected(ForwardOpen(isLarge: false, 504, path))!);
        Assert.Equal(Bytes($"01 01 {extended}"), reply[2..6]);
    }

    [Theory]
    [InlineData("0100 0100", "8100 0000")]
    [InlineData("0100 0103", "D200 0101 1203 01")]
    [InlineData("0100 0200", "D200 0101 1103 01")]
    [InlineData("0100 2002", "D200 0101 1503 01")]
    [InlineData("0200 0100 0200", "D200 0101 1103 01")]
    public void An_Unconnected_Send_goes_where_its_route_leads(string route, string reply) =>
        Assert.StartsWith(
            reply.Replace(" ", "", StringComparison.Ordinal),
            new CipDialogue(_logix).Register().Unconnected(Request(0x52, "2006 2401", $"0A05 0600 0102 2001 2401 {route}")),
            StringComparison.Ordinal);

    [Fact]
    public void A_connection_that_is_there_already_is_refused_until_it_is_closed_with_its_path()
    {
        var client = new CipDialogue(_logix).Register();
        client.Open(isLarge: false, 504, path: "0100 2002 2401");
        Assert.StartsWith("D40001010001", client.Unconnected(ForwardOpen(isLarge: false, 504, "0100 2002 2401")), StringComparison.Ordinal);
        Assert.StartsWith("CE0001011603", client.Unconnected(Request(0x4E, "2006 2401", $"0A0E {Originator} 0200 2002 2401")), StringComparison.Ordinal);
        Assert.Equal(Bytes($"CE00 0000 {Originator} 0000"), Bytes(client.Unconnected(Request(0x4E, "2006 2401", $"0A0E {Originator} 0300 0100 2002 2401"))!));
        Assert.StartsWith("CE0001010701", client.Unconnected(Request(0x4E, "2006 2401", $"0A0E {Originator} 0300 0100 2002 2401")), StringComparison.Ordinal);
        Assert.Empty(_logix.Writes);
    }

    [Fact]
    public void A_controller_has_so_many_connections_and_no_more()
    {
        var client = new CipDialogue(_micro).Register();
        for (ushort serial = 1; serial <= DeviceTraits.Micro850.MostConnections; serial++)
        {
            client.Open(isLarge: false, 504, serial);
        }

        Assert.StartsWith("D40001011301", client.Unconnected(ForwardOpen(isLarge: false, 504, serial: 99)), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(65));
        Assert.NotNull(client.Open(isLarge: false, 504, 99));
        Assert.Equal(1, _micro.Connections.Count);
    }

    [Fact]
    public void A_connection_without_requests_is_gone_after_its_watchdog()
    {
        var client = new CipDialogue(_logix).Register();
        var id = client.Open(isLarge: true, 4002); // 2 s, 32 times.
        _time.Advance(TimeSpan.FromSeconds(64));
        Assert.NotNull(client.Connected(id, 1, Read(Name("Limit"))));
        _time.Advance(TimeSpan.FromSeconds(64));
        Assert.NotNull(client.Connected(id, 2, Read(Name("Limit"))));
        _time.Advance(TimeSpan.FromSeconds(65));
        Assert.Null(client.Connected(id, 3, Read(Name("Limit"))));
    }

    [Fact]
    public void The_watchdog_gives_ten_seconds_before_the_first_request()
    {
        var client = new CipDialogue(_logix).Register();
        var id = client.Open(isLarge: true, 4002, multiplier: 0); // 2 s, 4 times.
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(client.Connected(id, 1, Read(Name("Limit"))));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(client.Connected(id, 2, Read(Name("Limit"))));
    }

    [Fact]
    public void A_repeated_sequence_count_is_answered_from_memory()
    {
        var client = new CipDialogue(_logix).Register();
        var id = client.Open(isLarge: true, 4002);
        var first = client.Connected(id, 7, Read(Name("ScanNumber")));
        Assert.Equal("0700CC000000C40001000001", first);
        Assert.Equal(first, client.Connected(id, 7, Read(Name("ScanNumber"))));
        Assert.Equal("0800CC000000C40002000001", client.Connected(id, 8, Read(Name("ScanNumber"))));
    }

    [Fact]
    public void Nobody_answers_a_request_of_another_clients_connection_or_one_that_is_larger_than_its_own()
    {
        var client = new CipDialogue(_logix).Register();
        var id = client.Open(isLarge: false, 100);
        Assert.Null(new CipDialogue(_logix, handle: 0x12).Register().Connected(id, 1, Read(Name("Limit"))));
        Assert.Null(client.Connected(id, 1, Packet([.. Enumerable.Repeat(Read(Name("Position")), 8)])));
        Assert.Null(client.Connected("99999999", 1, Read(Name("Limit"))));
    }
}
