using System.Collections.Immutable;
using CsCheck;
using Sallyport.EtherNetIp.CommonPacketFormat;
using Sallyport.EtherNetIp.Encapsulation;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Replies;
using Sallyport.EtherNetIp.Requests;
using Sallyport.EtherNetIp.Types;

namespace Sallyport.EtherNetIp.Tests;

public sealed class ReadPlanTests
{
    private static readonly ReadChannel Large = ReadChannel.Connected(4000);

    [Fact]
    public void A_thousand_tags_take_a_handful_of_frames()
    {
        ReadPlan byName = ReadPlanner.Plan(Tags(1000), Large, DeviceCapabilities.Logix);
        ReadPlan byNumber = ReadPlanner.Plan(
            [.. Enumerable.Range(0, 1000).Select(i => TagRead.Elementary(Name($"Tag{i}").ToInstancePath((uint)i), 1, 4))], Large, DeviceCapabilities.Logix);
        Assert.Equal((4, 4), (byName.Frames.Length, byNumber.Frames.Length));
        Assert.Equal(Enumerable.Range(0, 1000), byName.Frames.SelectMany(frame => frame.Tags.ToArray()));
    }

    [Fact]
    public void Every_frame_and_every_reply_fits_and_every_tag_is_read_once() =>
        Gen.Select(Gen.Select(Gen.Int[1, 40], Gen.Int[1, 300], Gen.Int[1, 8]).List[0, 60], Gen.UShort[64, 4000], Gen.Int[0, 2], Gen.Bool).Sample(
            (wanted, size, way, mayPack) =>
            {
                ImmutableArray<TagRead> tags = [.. wanted.Select(one =>
                    TagRead.Elementary(new CipPathBuilder().Symbol(new string('a', one.Item1)).Build(), (ushort)one.Item2, one.Item3))];
                ReadChannel channel = way switch
                {
                    0 => ReadChannel.Connected(size),
                    1 => ReadChannel.Unconnected(RoutePath.None),
                    _ => ReadChannel.Unconnected(((RouteOutcome.Parsed)RoutePath.Parse("1,3,2,10.0.0.5,1,0")).Route),
                };
                DeviceCapabilities capabilities = DeviceCapabilities.Logix with { HasMultipleServicePackets = mayPack };
                ReadPlan plan = ReadPlanner.Plan(tags, channel, capabilities);
                Assert.Equal(
                    Enumerable.Range(0, tags.Length),
                    plan.Frames.SelectMany(frame => frame.Tags.ToArray()).Concat(plan.Unreadable).Order());
                int overhead = channel.IsConnected ? RequestSerializer.ConnectedOverhead : RequestSerializer.UnconnectedOverhead;
                int limit = channel.IsConnected ? channel.MaxRequest : ReadChannel.UnconnectedSize;
                foreach (PlannedFrame frame in plan.Frames)
                {
                    Assert.InRange(frame.Bytes.Length - overhead, 1, limit);
                    Assert.True(mayPack || frame.Tags.Length == 1);
                    int reply = frame.Tags.Length == 1 ? 4 : 6 + (2 * frame.Tags.Length);
                    foreach (int tag in frame.Tags)
                    {
                        reply += tags[tag].ReplySize + (frame.Tags.Length == 1 ? 0 : 4);
                    }

                    Assert.True(frame.Kind is PlannedFrameKind.Fragment || reply <= channel.MaxReply);
                }
            },
            iter: 2_000);

    [Fact]
    public void What_does_not_fit_into_a_reply_is_read_in_parts()
    {
        var controller = new Controller { MaxPart = 3900 };
        ImmutableArray<TagRead> tags = [TagRead.Elementary(Name("Big").ToPath(), 2000, 4), TagRead.Elementary(Name("Small").ToPath(), 1, 4)];
        ReadPlan plan = ReadPlanner.Plan(tags, Large, DeviceCapabilities.Logix);
        Assert.Equal([PlannedFrameKind.Fragment, PlannedFrameKind.Single], plan.Frames.Select(frame => frame.Kind));
        Assert.Equal((2000, 1999), ReadParts(plan.Frames[0], controller));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,3,2,10.0.0.5,1,0")]
    public void A_tag_whose_reply_brought_a_part_only_is_finished(string route)
    {
        var controller = new Controller { MaxPart = 400 };
        ReadChannel channel = ReadChannel.Unconnected(((RouteOutcome.Parsed)RoutePath.Parse(route)).Route);
        ReadPlan plan = ReadPlanner.Plan([TagRead.Elementary(Name("Guess").ToPath(), 110, 4)], channel, DeviceCapabilities.Logix);
        Assert.Equal(PlannedFrameKind.Single, plan.Frames[0].Kind);
        PlannedFrame rest = plan.FragmentOf(0);
        Assert.Same(rest, plan.FragmentOf(0));
        Assert.Equal((110, 109), ReadParts(rest, controller));
    }

    [Fact]
    public void A_frame_is_used_again_with_another_sequence()
    {
        PlannedFrame frame = ReadPlanner.Plan(Tags(1), Large, DeviceCapabilities.Logix).Frames[0];
        frame.StampConnected(sessionHandle: 0x04030201, connectionId: 0x44332211, sequence: 7);
        Assert.Equal(FrameArrival.Complete, EncapsulationFrame.Read(frame.Bytes.Span, out EncapsulationHeader header, out ReadOnlySpan<byte> body));
        Assert.True(CipPacket.TryReadConnected(body, out CipPacket packet));
        Assert.Equal((0x04030201U, 0x44332211U, 7), (header.SessionHandle, packet.ConnectionId, packet.Sequence));
        Assert.Throws<InvalidOperationException>(() => frame.StampUnconnected(1, 1));
        Assert.Throws<InvalidOperationException>(() => frame.StampOffset(4));
    }

    [Fact]
    public void A_frame_without_a_connection_carries_the_context()
    {
        PlannedFrame frame = ReadPlanner.Plan(Tags(3), ReadChannel.Unconnected(RoutePath.None), DeviceCapabilities.Micro800).Frames[2];
        frame.StampUnconnected(sessionHandle: 0x04030201, senderContext: 99);
        EncapsulationFrame.Read(frame.Bytes.Span, out EncapsulationHeader header, out ReadOnlySpan<byte> body);
        Assert.Equal((EncapsulationCommand.SendRRData, 0x04030201U, 99UL), (header.Command, header.SessionHandle, header.SenderContext));
        Assert.True(CipPacket.TryReadUnconnected(body, out _));
        Assert.Throws<InvalidOperationException>(() => frame.StampConnected(1, 1, 1));
    }

    [Fact]
    public void Each_tag_of_a_packet_gets_its_own_reply()
    {
        PlannedFrame frame = ReadPlanner.Plan(Tags(3), Large, DeviceCapabilities.Logix).Frames[0];
        byte[] message = Controller.Packet(Controller.Reply(0x4C, 0, [0xC4, 0, 1, 0, 0, 0]), Controller.Reply(0x4C, 5, []), Controller.Reply(0x4C, 6, [0xC4, 0]));
        Assert.Equal(["0: 0", "1: 5", "2: 6"], Statuses(frame, message));
    }

    // A device that does not know packets says so once, and none of the tags has a value.
    [Theory]
    [InlineData("8A000800", "8")]
    [InlineData("8A000200", "2")]
    [InlineData("D20001010402", "1")]
    public void What_is_said_of_a_packet_as_a_whole_is_said_of_each_tag(string message, string status)
    {
        PlannedFrame frame = ReadPlanner.Plan(Tags(3), Large, DeviceCapabilities.Logix).Frames[0];
        Assert.Equal([$"0: {status}", $"1: {status}", $"2: {status}"], Statuses(frame, Convert.FromHexString(message)));
    }

    [Theory]
    [InlineData("8A")]
    [InlineData("0A02200224010100")]
    [InlineData("CC000000C40001000000")]
    [InlineData("8A0000000100" + "0400" + "CC000000")]
    [InlineData("8A0000000300" + "0800" + "0800" + "0700" + "CC000000")]
    public void A_message_that_answers_something_else_is_no_reply_to_a_packet(string message)
    {
        PlannedFrame frame = ReadPlanner.Plan(Tags(3), Large, DeviceCapabilities.Logix).Frames[0];
        Assert.False(TagReplies.TryOf(frame, Convert.FromHexString(message), out _));
    }

    [Fact]
    public void A_reply_to_another_service_breaks_the_packet()
    {
        PlannedFrame frame = ReadPlanner.Plan(Tags(2), Large, DeviceCapabilities.Logix).Frames[0];
        Assert.True(TagReplies.TryOf(frame, Controller.Packet(Controller.Reply(0x4C, 0, [0xC4, 0]), Controller.Reply(0x4D, 0, [])), out TagReplies replies));
        Assert.True(replies.TryRead(out int tag, out _));
        Assert.Equal(0, tag);
        Assert.False(replies.TryRead(out _, out _));
        Assert.True(replies.IsBroken);
    }

    [Fact]
    public void A_name_that_no_frame_has_room_for_is_named() =>
        Assert.Equal([1], ReadPlanner.Plan([.. Tags(1), new TagRead(new CipPathBuilder().Symbol(new string('a', 250)).Build(), 1, 6)], ReadChannel.Connected(100), DeviceCapabilities.Logix).Unreadable);

    [Fact]
    public void A_round_of_a_thousand_tags_is_read_without_allocation()
    {
        var controller = new Controller();
        ReadPlan plan = ReadPlanner.Plan(Tags(1000), Large, DeviceCapabilities.Logix);
        byte[][] replies = [.. plan.Frames.Select(frame => controller.Answer(frame.Bytes.Span[RequestSerializer.ConnectedOverhead..]))];
        Assert.All(replies, reply => Assert.InRange(reply.Length, 1, Large.MaxReply));
        Assert.Equal(1000, Round(plan, replies));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int good = Round(plan, replies);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((1000, 0), (good, allocated));
    }

    private static int Round(ReadPlan plan, byte[][] messages)
    {
        int good = 0;
        var format = new ElementFormat(CipDataType.Dint);
        for (int i = 0; i < messages.Length; i++)
        {
            plan.Frames[i].StampConnected(1, 2, (ushort)(i + 1));
            if (!TagReplies.TryOf(plan.Frames[i], messages[i], out TagReplies replies))
            {
                return -1;
            }

            while (replies.TryRead(out _, out MessageRouterReply reply))
            {
                good += TagData.TryRead(reply.Data, out TagData tag) && ValueDecoder.Decode(tag, 1, 0, format).Status.IsGood ? 1 : 0;
            }
        }

        return good;
    }

    private static List<string> Statuses(PlannedFrame frame, byte[] message)
    {
        List<string> all = [];
        Assert.True(TagReplies.TryOf(frame, message, out TagReplies replies));
        while (replies.TryRead(out int tag, out MessageRouterReply reply))
        {
            all.Add($"{tag}: {reply.Status.General}");
        }

        Assert.False(replies.IsBroken);
        return all;
    }

    private static (int Elements, long Last) ReadParts(PlannedFrame frame, Controller controller)
    {
        var assembly = new FragmentAssembly(maxSize: 100_000);
        AssemblyProgress progress;
        do
        {
            frame.StampOffset(assembly.NextOffset);
            EncapsulationFrame.Read(frame.Bytes.Span, out EncapsulationHeader header, out ReadOnlySpan<byte> body);
            Assert.True(header.Command is EncapsulationCommand.SendUnitData
                ? CipPacket.TryReadConnected(body, out CipPacket packet)
                : CipPacket.TryReadUnconnected(body, out packet));
            Assert.True(TagReplies.TryOf(frame, controller.Answer(packet.Message), out TagReplies replies));
            Assert.True(replies.TryRead(out _, out MessageRouterReply reply));
            progress = assembly.Add(reply);
        }
        while (progress is AssemblyProgress.Incomplete);

        Assert.Equal(AssemblyProgress.Complete, progress);
        int elements = assembly.Value.Bytes.Length / 4;
        return (elements, ValueDecoder.Decode(assembly.Value, elements, elements - 1, new ElementFormat(CipDataType.Dint)).Value!.Value.AsInt64());
    }

    private static ImmutableArray<TagRead> Tags(int count) =>
        [.. Enumerable.Range(0, count).Select(i => TagRead.Elementary(Name($"Tag{i}").ToPath(), 1, 4))];

    private static TagName Name(string text) => Assert.IsType<TagNameOutcome.Parsed>(TagName.Parse(text)).Name;
}
