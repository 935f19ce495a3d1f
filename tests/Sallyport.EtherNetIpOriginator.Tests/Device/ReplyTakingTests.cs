using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIp.Planning;
using Sallyport.EtherNetIp.Types;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>What becomes of replies, byte by byte.</summary>
public sealed class ReplyTakingTests : IDisposable
{
    private const int Tags = 200;
    private readonly TestMeters _meters = new();
    private readonly TagState[] _states;
    private readonly GroupPlan _plan;
    private readonly ReplyTaking _taking;

    public ReplyTakingTests()
    {
        var plan = new ControllerPlan("line", "127.0.0.1", 44818, RoutePath.None);
        var controller = new Controller(plan, new EtherNetIpMetrics(_meters), TimeProvider.System, NullLogger<Controller>.Instance, static () => 0, static _ => { });
        _states = [.. Enumerable.Range(0, Tags).Select(i => new TagState(ControllerBench.Tag(string.Create(CultureInfo.InvariantCulture, $"T{i}"), CipDataType.Dint)))];
        Array.ForEach(_states, state => state.Begin(isMicro800: false));
        _plan = new GroupPlanner(_states, controller.Memory, ReadChannel.Connected(4000)).Plan(now: 0);
        _taking = new ReplyTaking(controller, _states, TimeProvider.System);
    }

    private PlannedFrame Frame => _plan.Frames.Frames[0];

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void A_reply_that_is_as_expected_allocates_nothing()
    {
        byte[] message = Packet(i => [0xCC, 0, 0, 0, 0xC4, 0, (byte)i, 0, 0, 0]);
        var values = new ValueOutcome[Tags];
        for (int warmUp = 0; warmUp < 100; warmUp++)
        {
            Assert.Null(_taking.Take(_plan, Frame, message, values));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            Frame.StampConnected(1, 2, (ushort)round);
            _taking.Take(_plan, Frame, message, values);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(Enumerable.Range(0, Tags).Select(i => (long)i), values.Select(value => value.Value!.Value.AsInt64()));
        Assert.False(_taking.HasChanged);
    }

    [Theory]
    [InlineData("CC000000CA0000000000", "BadConfigurationError: the tag is REAL, not DINT: change the type, or leave it out")]
    [InlineData("CC000000C400010203", "BadCommunicationError: the reply has another length than its type")]
    [InlineData("CC000000C4000102030405060708", "BadCommunicationError: the reply has another length than its type")]
    [InlineData("CC000000C4", "BadCommunicationError: the reply ends before the value")]
    [InlineData("CC000000A002341201000000", "BadConfigurationError: the tag is a structure, not DINT: change the type, or leave it out")]
    [InlineData("CC000200", "BadResourceUnavailable: 0x02: the device has no resources left now")]
    [InlineData("CC00FF010821", "BadResourceUnavailable: 0xFF/0x2108: a program is being loaded")]
    [InlineData("CC000F00", "BadResourceUnavailable: 0x0F: External Access of the tag, or of one member of its structure, is None: change it, or read single members")]
    public void One_reply_that_is_not_as_expected_spoils_no_other(string reply, string expected)
    {
        byte[] message = Packet(i => i == 7 ? Convert.FromHexString(reply) : [0xCC, 0, 0, 0, 0xC4, 0, (byte)i, 0, 0, 0], status: 0x1E);
        var values = new ValueOutcome[Tags];
        Assert.Null(_taking.Take(_plan, Frame, message, values));
        Assert.Equal(expected, ControllerBench.Text(values[7]));
        Assert.Equal(6, values[6].Value!.Value.AsInt64());
        Assert.Equal(8, values[8].Value!.Value.AsInt64());
        Assert.False(_plan.Items[7].IsPartial);
    }

    [Fact]
    public void A_part_inside_a_packet_is_finished_by_itself_even_if_it_is_empty()
    {
        byte[] message = Packet(i => i == 7 ? [0xCC, 0, 6, 0] : [0xCC, 0, 0, 0, 0xC4, 0, (byte)i, 0, 0, 0], status: 0x1E);
        Assert.Null(_taking.Take(_plan, Frame, message, new ValueOutcome[Tags]));
        Assert.True(_plan.Items[7].IsPartial);
        Assert.False(_plan.Items[8].IsPartial);
    }

    [Fact]
    public void What_answers_something_else_ends_the_session()
    {
        var values = new ValueOutcome[Tags];
        byte[] good = Packet(i => [0xCC, 0, 0, 0, 0xC4, 0, (byte)i, 0, 0, 0]);
        byte[] ofAnotherService = [.. good];
        ofAnotherService[0] = 0xCC;
        byte[] withFewer = Packet(i => [0xCC, 0, 0, 0, 0xC4, 0, 0, 0, 0, 0], count: Tags - 1);
        byte[] withAnotherInside = Packet(i => [0xD2, 0, 0, 0, 0xC4, 0, 0, 0, 0, 0]);
        foreach (byte[] message in (byte[][])[[], [0x8A], ofAnotherService, withFewer, withAnotherInside, good[..(good.Length / 2)][..10]])
        {
            Assert.Equal(ReplyTaking.NotTheAnswer, _taking.Take(_plan, Frame, message, values));
        }

        Assert.StartsWith("0x01/0x0203", _taking.Take(_plan, Frame, [0x8A, 0, 1, 1, 3, 2], values), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_are_taken_without_an_exception()
    {
        var dice = new Dice(seed: 7);
        byte[] good = Packet(i => [0xCC, 0, 0, 0, 0xC4, 0, (byte)i, 0, 0, 0]);
        var values = new ValueOutcome[Tags];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] message = good[..dice.Next(good.Length)];
            for (int change = 0; change < 3 && message.Length > 0; change++)
            {
                message[dice.Next(message.Length)] = (byte)dice.Next(256);
            }

            _taking.Take(_plan, Frame, message, values);
        }
    }

    private static byte[] Packet(Func<int, byte[]> reply, byte status = 0, int count = Tags)
    {
        byte[][] replies = [.. Enumerable.Range(0, count).Select(reply)];
        var message = new List<byte> { 0x8A, 0, status, 0 };
        Add((ushort)count);
        int offset = 2 + (2 * count);
        foreach (byte[] one in replies)
        {
            Add((ushort)offset);
            offset += one.Length;
        }

        return [.. message, .. replies.SelectMany(one => one)];

        void Add(ushort number)
        {
            Span<byte> bytes = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, number);
            message.AddRange(bytes);
        }
    }
}
