using CsCheck;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Requests;

namespace Sallyport.EtherNetIp.Tests;

/// <summary>No message that changes anything can be made: there is no type for one, and the serializer looks at the bytes.</summary>
public sealed class ReadServiceGuardTests
{
    private static readonly byte[] Reads = [0x01, 0x03, 0x0A, 0x0E, 0x4C, 0x4E, 0x52, 0x54, 0x55, 0x5B];

    [Fact]
    public void There_are_eleven_requests_and_none_of_them_writes()
    {
        Type[] requests = [.. typeof(CipRequest).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CipRequest)))];
        Assert.Equal(
            [
                "ForwardCloseRequest", "ForwardOpenRequest", "GetAttributeListRequest", "GetAttributeSingleRequest", "GetAttributesAllRequest",
                "GetInstanceAttributeListRequest", "MultipleServiceRequest", "ReadTagFragmentedRequest", "ReadTagRequest", "ReadTemplateRequest",
                "UnconnectedSendRequest",
            ],
            requests.Select(type => type.Name).Order(StringComparer.Ordinal));
        Assert.All(requests, type => Assert.True(type.IsSealed));
        Assert.All(requests.Append(typeof(CipRequest)), type =>
        {
            Assert.Empty(type.GetConstructors());
            Assert.DoesNotContain(type.GetProperties(), property => property.CanWrite);
        });
        Assert.Equal([0, .. Reads.Select(one => (int)one)], Enum.GetValues<CipService>().Select(service => (int)service).Distinct().Order());
    }

    // Facts 17: what must never be on the wire, on the paths where it means a write or a control.
    [Theory]
    [InlineData("4D", "91027879", "C40001000100000000")]
    [InlineData("53", "91027879", "C4000100000000000100000000")]
    [InlineData("4E", "91027879", "0200FFFF0000")]
    [InlineData("4E", "206B25000100", "0200FFFF0000")]
    [InlineData("4E", "20022401", "")]
    [InlineData("52", "208E2401", "")]
    [InlineData("4C", "208E2401", "")]
    [InlineData("4C", "20742401", "")]
    [InlineData("4B", "20672401", "")]
    [InlineData("4F", "206A2401", "")]
    [InlineData("02", "20012401", "")]
    [InlineData("04", "208B2401", "01000600")]
    [InlineData("05", "20012401", "")]
    [InlineData("06", "208E2401", "")]
    [InlineData("07", "208E2401", "")]
    [InlineData("08", "206B2400", "")]
    [InlineData("09", "206B2401", "")]
    [InlineData("10", "200124013007", "00")]
    [InlineData("54", "20022401", "")]
    [InlineData("5B", "91027879", "")]
    [InlineData("55", "20012401", "")]
    [InlineData("0A", "20062401", "")]
    [InlineData("00", "20012401", "")]
    public void A_service_that_writes_or_goes_to_the_wrong_class_is_refused_wherever_it_is(string service, string path, string data)
    {
        byte[] message = Message(service, path, data);
        byte[] packed = Message("0A", "20022401", "01000400" + Convert.ToHexString(message));
        Assert.False(ReadServiceGuard.Allows(message));
        Assert.False(ReadServiceGuard.Allows(packed));
        Assert.False(ReadServiceGuard.Allows(PassedOn(message)));
        Assert.False(ReadServiceGuard.Allows(PassedOn(packed)));
    }

    [Fact]
    public void No_path_that_is_mixed_or_broken_is_allowed()
    {
        foreach (string path in (string[])["", "2002", "91027879208E2401", "206B91027879", "206B24012401", "91047879", "E001", "20012401FF00", "2401", "0100910278792001"])
        {
            Assert.False(ReadServiceGuard.Allows(Message("4C", path, "0100")));
        }
    }

    [Fact]
    public void Nothing_that_passes_on_is_inside_of_anything()
    {
        byte[] read = Message("4C", "91027879", "0100");
        Assert.True(ReadServiceGuard.Allows(PassedOn(read)));
        Assert.False(ReadServiceGuard.Allows(PassedOn(PassedOn(read))));
        byte[] packed = Message("0A", "20022401", "01000400" + Convert.ToHexString(read));
        Assert.True(ReadServiceGuard.Allows(packed));
        Assert.False(ReadServiceGuard.Allows(Message("0A", "20022401", "01000400" + Convert.ToHexString(packed))));
        Assert.False(ReadServiceGuard.Allows(Message("0A", "20022401", "01000400" + Convert.ToHexString(PassedOn(read)))));
        Assert.False(ReadServiceGuard.Allows(Message("0A", "20022401", "0000")));
    }

    [Fact]
    public void A_read_on_a_class_that_has_no_tags_is_refused_before_anybody_gets_it()
    {
        CipRequest request = CipRequest.ReadTag(CipPath.Object(0x8E, 1), 1);
        byte[] frame = new byte[100];
        Assert.Throws<InvalidOperationException>(() => RequestSerializer.WriteUnconnected(1, 1, request, frame));
        Assert.All(frame, one => Assert.Equal(0, one));
        Assert.Throws<InvalidOperationException>(() => RequestSerializer.WriteConnected(1, 1, 1, CipRequest.Multiple([request]), frame));
    }

    [Fact]
    public void Every_request_that_can_be_made_reads_or_is_not_written() =>
        AnyRequest.Any.Sample(
            request =>
            {
                byte[] frame = new byte[RequestSerializer.ConnectedOverhead + request.Size];
                try
                {
                    RequestSerializer.WriteConnected(1, 2, 3, request, frame);
                }
                catch (InvalidOperationException)
                {
                    Assert.All(frame, one => Assert.Equal(0, one));
                    return;
                }

                AssertReads(frame.AsSpan(RequestSerializer.ConnectedOverhead));
            },
            iter: 20_000);

    [Fact]
    public void Most_requests_that_can_be_made_are_written() =>
        AnyRequest.Valid.Sample(
            request =>
            {
                byte[] frame = new byte[RequestSerializer.UnconnectedOverhead + request.Size];
                return RequestSerializer.WriteUnconnected(1, 2, request, frame) == frame.Length;
            },
            iter: 20_000);

    // Not the guard's own way: it knows nothing but the numbers of the services and the classes that they belong to.
    private static void AssertReads(ReadOnlySpan<byte> message)
    {
        Assert.True(MessageRouterRequest.TryRead(message, out MessageRouterRequest request));
        Assert.Contains(request.Service, Reads);
        bool isManager = request.Path.SequenceEqual("\x20\x06\x24\x01"u8);
        switch (request.Service)
        {
            case 0x4E or 0x54 or 0x5B:
                Assert.True(isManager);
                break;
            case 0x52 when isManager:
                Assert.True(PassedOnMessage.TryRead(request.Data, out PassedOnMessage passedOn));
                AssertReads(passedOn.Message);
                break;
            case 0x4C or 0x52:
                Assert.True(request.Path[0] == 0x91 || request.Path is [0x20, 0x6B or 0x6C, ..]);
                break;
            case 0x0A:
                Assert.True(MessageTable.TryRead(request.Data, out MessageTable inside));
                for (int i = 0; i < inside.Count; i++)
                {
                    AssertReads(inside[i]);
                }

                break;
        }
    }

    private static byte[] Message(string service, string path, string data) =>
        Convert.FromHexString(service + (path.Length / 4).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + path + data);

    private static byte[] PassedOn(byte[] message) =>
        [0x52, 0x02, 0x20, 0x06, 0x24, 0x01, 0x0A, 0x05, (byte)message.Length, 0, .. message, .. new byte[message.Length & 1], 0x01, 0x00, 0x01, 0x00];
}
