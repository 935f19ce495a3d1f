using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;
using Sallyport.Telemetry;

namespace Sallyport.EtherNetIp.Tests;

public sealed class ReplyTests
{
    [Theory]
    [InlineData("CC000000C4002A000000", 0x4C, 0x00, 0, "C4002A000000")]
    [InlineData("CC0005010000", 0x4C, 0x05, 0, "")]
    [InlineData("CC00FF010521", 0x4C, 0xFF, 0x2105, "")]
    [InlineData("CC00FF020521", 0x4C, 0xFF, 0x2105, "")] // One word, said to be two.
    [InlineData("CC00FFFF05", 0x4C, 0xFF, 0, "")]
    [InlineData("D400010209010001AABB", 0x54, 0x01, 0x0109, "AABB")]
    public void A_reply_is_read_and_never_beyond_its_end(string message, int service, int general, int extended, string data)
    {
        Assert.True(MessageRouterReply.TryRead(Convert.FromHexString(message), out MessageRouterReply reply));
        Assert.Equal((service, new CipStatus((byte)general, (ushort)extended)), (reply.ServiceNumber, reply.Status));
        Assert.Equal(data, Convert.ToHexString(reply.Data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("CC0000")]
    [InlineData("4C0000000000")]
    public void A_request_or_a_part_of_a_reply_is_no_reply(string message) =>
        Assert.False(MessageRouterReply.TryRead(Convert.FromHexString(message), out _));

    // Facts 11.
    [Theory]
    [InlineData(0x00, 0, StatusConsequence.None)]
    [InlineData(0x04, 0, StatusConsequence.ConfigurationError)]
    [InlineData(0x05, 0, StatusConsequence.ConfigurationError)]
    [InlineData(0x16, 0, StatusConsequence.ConfigurationError)]
    [InlineData(0xFF, 0x210B, StatusConsequence.ConfigurationError)]
    [InlineData(0xFF, 0x2105, StatusConsequence.ConfigurationError)]
    [InlineData(0x0F, 0, StatusConsequence.AccessDenied)]
    [InlineData(0x10, 0x2101, StatusConsequence.AccessDenied)]
    [InlineData(0x06, 0, StatusConsequence.ReadOn)]
    [InlineData(0x1E, 0, StatusConsequence.LookInside)]
    [InlineData(0x02, 0, StatusConsequence.Transient)]
    [InlineData(0x01, 0x0301, StatusConsequence.Transient)]
    [InlineData(0xFF, 0x2108, StatusConsequence.Transient)]
    [InlineData(0x1F, 0, StatusConsequence.Transient)]
    [InlineData(0x1F, 0x0203, StatusConsequence.Reconnect)]
    [InlineData(0x01, 0x0203, StatusConsequence.Reconnect)]
    [InlineData(0x01, 0x0100, StatusConsequence.Reconnect)]
    [InlineData(0x07, 0, StatusConsequence.Reconnect)]
    [InlineData(0x08, 0, StatusConsequence.DowngradeCapability)]
    [InlineData(0x01, 0x0109, StatusConsequence.DowngradeCapability)]
    [InlineData(0x11, 0, StatusConsequence.DowngradeCapability)]
    [InlineData(0x25, 0, StatusConsequence.WrongDevice)]
    [InlineData(0x01, 0x0114, StatusConsequence.WrongDevice)]
    [InlineData(0x01, 0x0311, StatusConsequence.ConfigurationError)]
    [InlineData(0x77, 0, StatusConsequence.DeviceFailure)]
    public void Each_status_says_what_to_do(int general, int extended, StatusConsequence consequence) =>
        Assert.Equal(consequence, new CipStatus((byte)general, (ushort)extended).Consequence);

    [Fact]
    public void Every_status_has_a_text_and_only_the_good_one_is_good()
    {
        foreach (int extended in (int[])[0, .. Enumerable.Range(0x0100, 0x300), .. Enumerable.Range(0x2000, 0x200)])
        {
            for (int general = 0; general <= byte.MaxValue; general++)
            {
                var status = new CipStatus((byte)general, (ushort)extended);
                Assert.NotEmpty(status.Text);
                Assert.Equal(general == 0, status.Quality.IsGood);
                Assert.Equal(general == 0, status.Consequence is StatusConsequence.None);
            }
        }

        Assert.StartsWith("0x01/0x0312: nothing at that address", new CipStatus(1, 0x0312).ToString(), StringComparison.Ordinal);
        Assert.StartsWith("0x05: no such tag", new CipStatus(5).ToString(), StringComparison.Ordinal);
        Assert.Equal(StatusCode.BadNodeIdUnknown, new CipStatus(5).Quality);
    }

    [Fact]
    public void The_replies_in_a_packet_are_told_apart_by_their_offsets()
    {
        byte[] packet = Controller.Packet(Controller.Reply(0x4C, 0, [0xC3, 0, 1, 0]), Controller.Reply(0x4C, 5, []), Controller.Reply(0x4C, 6, [0xC2, 0, 9]));
        Assert.True(MessageRouterReply.TryRead(packet, out MessageRouterReply reply));
        Assert.Equal(0x1E, reply.Status.General);
        Assert.True(MessageTable.TryRead(reply.Data, out MessageTable table));
        Assert.Equal(3, table.Count);
        Assert.Equal(["CC000000C3000100", "CC000500", "CC000600C20009"], [Convert.ToHexString(table[0]), Convert.ToHexString(table[1]), Convert.ToHexString(table[2])]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0200" + "0600")]
    [InlineData("0100" + "0300" + "CC000000")]
    [InlineData("0100" + "0900" + "CC000000")]
    [InlineData("0200" + "0A00" + "0600" + "CC000000" + "CC000000")]
    public void A_packet_whose_offsets_lead_elsewhere_is_none(string data) => Assert.False(MessageTable.TryRead(Convert.FromHexString(data), out _));

    // Facts 7: the numbers of Unconnected Send and of a fragment are the same.
    [Theory]
    [InlineData("D2000101" + "0402" + "00", true)]
    [InlineData("D2000101" + "1203", true)]
    [InlineData("D2000400" + "02", true)]
    [InlineData("D2000200" + "0100", true)]
    [InlineData("D2000400", false)]
    [InlineData("D2000500", false)]
    [InlineData("D2000600" + "C4002A000000", false)]
    [InlineData("CC000101" + "0402", false)]
    public void A_failure_on_the_way_is_told_from_one_of_the_device(string message, bool isOnTheWay)
    {
        Assert.True(MessageRouterReply.TryRead(Convert.FromHexString(message), out MessageRouterReply reply));
        Assert.Equal(isOnTheWay, reply.IsFailureOnTheWay);
    }

    [Fact]
    public void The_parts_of_a_value_come_together()
    {
        var controller = new Controller { MaxPart = 300 };
        var assembly = new FragmentAssembly(maxSize: 10_000);
        for (int round = 0; round < 2; round++)
        {
            assembly.Clear();
            AssemblyProgress progress;
            int parts = 0;
            do
            {
                progress = Add(assembly, controller, assembly.NextOffset);
                parts++;
            }
            while (progress is AssemblyProgress.Incomplete);

            Assert.Equal((AssemblyProgress.Complete, 27), (progress, parts));
            Assert.Equal((0xC4, 8000), (assembly.Value.TypeCode, assembly.Value.Bytes.Length));
            Assert.Equal(Enumerable.Range(0, 2000).SelectMany(BitConverter.GetBytes), assembly.Value.Bytes.ToArray());
        }
    }

    [Theory]
    [InlineData("D2000600C400", AssemblyProgress.Broken)]
    [InlineData("D2000600C3000100", AssemblyProgress.Broken)]
    [InlineData("D2000600A002", AssemblyProgress.Broken)]
    [InlineData("D2000600", AssemblyProgress.Broken)]
    [InlineData("D2000600C400010000000200000003000000", AssemblyProgress.Broken)]
    [InlineData("D2000500", AssemblyProgress.Refused)]
    [InlineData("D2000600C40001000000", AssemblyProgress.Incomplete)]
    [InlineData("D2000000C40001000000", AssemblyProgress.Complete)]
    public void A_part_that_does_not_belong_to_the_value_is_not_added(string message, AssemblyProgress expected)
    {
        var assembly = new FragmentAssembly(maxSize: 12);
        Assert.Equal(AssemblyProgress.Incomplete, Add(assembly, "D2000600C40007000000"));
        Assert.Equal(expected, Add(assembly, message));
        Assert.Equal(expected is AssemblyProgress.Broken or AssemblyProgress.Refused ? 4U : 8U, assembly.NextOffset);
    }

    [Fact]
    public void A_connection_is_open_if_the_reply_is_to_our_request()
    {
        var parameters = new ConnectionParameters
        {
            ConnectionId = 7, ConnectionSerialNumber = 8, OriginatorVendor = 9, OriginatorSerialNumber = 10, Size = 504, Route = RoutePath.None,
        };
        CipRequest request = CipRequest.ForwardOpen(parameters, isLarge: false);
        byte[] frame = new byte[RequestSerializer.UnconnectedOverhead + request.Size];
        RequestSerializer.WriteUnconnected(1, 1, request, frame);
        Assert.True(MessageRouterReply.TryRead(new Controller().Answer(frame.AsSpan(RequestSerializer.UnconnectedOverhead)), out MessageRouterReply reply));
        Assert.True(OpenedConnection.TryRead(reply.Data, parameters, out OpenedConnection? opened));
        Assert.Equal(new OpenedConnection(0x11223344, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)), opened);
        Assert.False(OpenedConnection.TryRead(reply.Data, parameters with { ConnectionSerialNumber = 9 }, out opened));
        Assert.Null(opened);
        Assert.False(OpenedConnection.TryRead(reply.Data[..25], parameters, out _));
    }

    // The last one is what a Micro850 says to a route.
    [Theory]
    [InlineData("D4000102" + "0901" + "F801" + "0800" + "0900" + "0A000000" + "00" + "00", 0x0109, 504, 0)]
    [InlineData("D4000101" + "0901", 0x0109, null, null)]
    [InlineData("D4000101" + "1103" + "0800" + "0900" + "0A000000" + "03" + "00", 0x0311, null, 3)]
    public void A_refused_connection_says_the_size_and_where_it_failed(string message, int extended, int? size, int? words)
    {
        Assert.True(MessageRouterReply.TryRead(Convert.FromHexString(message), out MessageRouterReply reply));
        Assert.Equal(new RefusedConnection(new CipStatus(1, (ushort)extended), (ushort?)size, (byte?)words), RefusedConnection.Read(reply));
    }

    private static AssemblyProgress Add(FragmentAssembly assembly, string message)
    {
        Assert.True(MessageRouterReply.TryRead(Convert.FromHexString(message), out MessageRouterReply reply));
        return assembly.Add(reply);
    }

    private static AssemblyProgress Add(FragmentAssembly assembly, Controller controller, uint offset)
    {
        CipRequest request = CipRequest.ReadTagFragmented(new CipPathBuilder().Symbol("T").Build(), 2000, offset);
        byte[] frame = new byte[RequestSerializer.UnconnectedOverhead + request.Size];
        RequestSerializer.WriteUnconnected(1, 1, request, frame);
        return Add(assembly, Convert.ToHexString(controller.Answer(frame.AsSpan(RequestSerializer.UnconnectedOverhead))));
    }
}
