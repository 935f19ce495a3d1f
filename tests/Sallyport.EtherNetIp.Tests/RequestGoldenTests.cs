using Sallyport.EtherNetIp.Browsing;
using Sallyport.EtherNetIp.Identity;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Tests;

public sealed class RequestGoldenTests
{
    private static readonly ConnectionParameters Parameters = new()
    {
        ConnectionId = 0x44332211,
        ConnectionSerialNumber = 0x6655,
        OriginatorVendor = 0x8877,
        OriginatorSerialNumber = 0xCCBBAA99,
        Size = 504,
        Route = RoutePath.None,
    };

    [Fact]
    public void A_session_is_registered_with_an_empty_context()
    {
        byte[] frame = new byte[RequestSerializer.RegisterSessionSize];
        Assert.Equal(28, RequestSerializer.WriteRegisterSession(frame));
        Assert.Equal("65000400" + "00000000" + "00000000" + "0000000000000000" + "00000000" + "01000000", Convert.ToHexString(frame));
    }

    [Fact]
    public void A_session_is_ended_and_an_identity_is_asked_for_with_a_header_alone()
    {
        byte[] frame = new byte[24];
        Assert.Equal(24, RequestSerializer.WriteUnRegisterSession(0x11020100, frame));
        Assert.Equal("66000000000102110000000000000000000000000000000000"[..48], Convert.ToHexString(frame));
        Assert.Equal(24, RequestSerializer.WriteListIdentity(frame));
        Assert.Equal("630000000000000000000000000000000000000000000000", Convert.ToHexString(frame));
        RequestSerializer.WriteListIdentity(maxDelayMs: 500, frame);
        Assert.Equal("630000000000000000000000F40100000000000000000000", Convert.ToHexString(frame));
    }

    [Fact]
    public void A_request_without_a_connection_has_forty_bytes_in_front()
    {
        CipRequest request = CipRequest.ReadTag(Tag("xy"), 1);
        byte[] frame = new byte[RequestSerializer.UnconnectedOverhead + request.Size];
        Assert.Equal(frame.Length, RequestSerializer.WriteUnconnected(0x00010210, 0x0807060504030201, request, frame));
        Assert.Equal(
            "6F00180010020100000000000102030405060708000000000000000000000200" + "00000000" + "B2000800" + "4C02910278790100", Convert.ToHexString(frame));
    }

    [Fact]
    public void A_request_of_a_connection_has_its_id_and_its_sequence_in_front()
    {
        CipRequest request = CipRequest.ReadTag(Tag("xy"), 1);
        byte[] frame = new byte[RequestSerializer.ConnectedOverhead + request.Size];
        Assert.Equal(frame.Length, RequestSerializer.WriteConnected(0x00010210, 0x8B030100, 0x0102, request, frame));
        Assert.Equal(
            "70001E00100201000000000000000000000000000000000000000000" + "00000200" + "A1000400" + "0001038B" + "B1000A00" + "0201" + "4C02910278790100",
            Convert.ToHexString(frame));
    }

    [Fact]
    public void Each_read_has_the_bytes_of_its_service()
    {
        Assert.Equal("010220012401", Hex(CipRequest.GetAttributesAll(CipPath.Identity)));
        Assert.Equal("0E03200124013006", Hex(CipRequest.GetAttributeSingle(CipPath.Attribute(1, 1, 6))));
        Assert.Equal(
            "0303206C250056040400" + "0400050002000100", Hex(CipRequest.GetAttributeList(TemplateAttributes.PathOf(0x0456), TemplateAttributes.Attributes)));
        Assert.Equal("5203910378797A000A0010270000", Hex(CipRequest.ReadTagFragmented(Tag("xyz"), 10, 10_000)));
        Assert.Equal("4C03206C25005604" + "00100000" + "0002", Hex(CipRequest.ReadTemplate(0x0456, 0x1000, 0x200)));
        Assert.Equal("5503206B250000000200" + "01000200", Hex(CipRequest.GetInstanceAttributeList(program: null, 0, [1, 2])));
        Assert.Equal(
            "550A910C50726F6772616D3A4D61696E206B25000102".ToUpperInvariant() + "0100" + "0100",
            Hex(CipRequest.GetInstanceAttributeList("Main", 0x0201, [1])));
    }

    [Fact]
    public void Several_reads_are_packed_behind_their_offsets() => Assert.Equal(
        "0A02200224010200" + "06000E00" + "4C02910278790100" + "010220012401",
        Hex(CipRequest.Multiple([CipRequest.ReadTag(Tag("xy"), 1), CipRequest.GetAttributesAll(CipPath.Identity)])));

    [Fact]
    public void A_read_is_passed_on_with_its_route_behind_it_at_an_even_place()
    {
        Assert.Equal(
            "5202200624010A050600" + "010220012401" + "0100" + "0103",
            Hex(CipRequest.UnconnectedSend(CipRequest.GetAttributesAll(CipPath.Identity), Route("1,3"))));
    }

    [Fact]
    public void A_connection_is_opened_small_and_large()
    {
        const string Head = "0A0E" + "00000000" + "11223344" + "5566" + "7788" + "99AABBCC" + "03000000";
        Assert.Equal(
            "540220062401" + Head + "80841E00" + "F843" + "80841E00" + "F843" + "A3" + "02" + "20022401", Hex(CipRequest.ForwardOpen(Parameters, isLarge: false)));
        ConnectionParameters large = Parameters with
        {
            Size = 4000,
            Route = Route("1,0"),
            Key = new ElectronicKey { Vendor = 1, DeviceType = 14, ProductCode = 0x5A, Major = 32, Minor = 11, RevisionMatch = RevisionMatch.Compatible },
        };
        Assert.Equal(
            "5B0220062401" + Head + "80841E00" + "A00F0042" + "80841E00" + "A00F0042" + "A3" + "08" + "0100" + "340401000E005A00A00B" + "20022401",
            Hex(CipRequest.ForwardOpen(large, isLarge: true)));
        Assert.Equal(TimeSpan.FromSeconds(64), large.Watchdog);
        Assert.Throws<ArgumentOutOfRangeException>(() => CipRequest.ForwardOpen(large, isLarge: false));
    }

    [Fact]
    public void A_connection_is_closed_with_the_path_it_was_opened_with() => Assert.Equal(
        "4E0220062401" + "0A0E" + "5566" + "7788" + "99AABBCC" + "0300" + "0100" + "20022401",
        Hex(CipRequest.ForwardClose(Parameters with { Route = Route("1,0") })));

    [Fact]
    public void The_sequence_goes_on_from_the_last_number_to_one()
    {
        Assert.Equal(2, RequestSerializer.NextSequence(1));
        Assert.Equal(1, RequestSerializer.NextSequence(ushort.MaxValue));
    }

    private static CipPath Tag(string name) => new CipPathBuilder().Symbol(name).Build();

    private static RoutePath Route(string text) => Assert.IsType<RouteOutcome.Parsed>(RoutePath.Parse(text)).Route;

    private static string Hex(CipRequest request)
    {
        byte[] frame = new byte[RequestSerializer.UnconnectedOverhead + request.Size];
        RequestSerializer.WriteUnconnected(1, 1, request, frame);
        return Convert.ToHexString(frame.AsSpan(RequestSerializer.UnconnectedOverhead));
    }
}
