using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.EtherNetIp.Paths;
using Sallyport.EtherNetIpOriginator.Device;
using Sallyport.Telemetry;
using Sallyport.TestKit;
using static Sallyport.EtherNetIpOriginator.Tests.Device.ControllerBench;

namespace Sallyport.EtherNetIpOriginator.Tests.Device;

/// <summary>Devices that do not keep to the rules, byte for byte.</summary>
public sealed class LyingTargetTests : IDisposable
{
    private readonly TestMeters _meters = new();

    public void Dispose() => _meters.Dispose();

    [Theory]
    [InlineData("D5000600", "the list of tags does not go on")]
    [InlineData("D50006000000", "the list of tags is not well formed")]
    [InlineData("D5000600FFFFFFFF", "the list of tags is not well formed")]
    [InlineData("CC000000", "the controller answered the request for its tags with something else")]
    [InlineData("", "the controller answered the request for its tags with something else")]
    [InlineData("D5000800", "the controller does not list its tags: 0x08: the device does not know the service")]
    public async Task A_list_that_is_none_ends_with_a_reason(string reply, string reason)
    {
        await using var target = new ScriptedTarget(_ => Convert.FromHexString(reply));
        await using IController controller = Create(target);
        Assert.Equal(reason, Assert.IsType<BrowseOutcome.Failed>(await controller.BrowseAsync(progress: null, Stop)).Reason);
    }

    [Fact]
    public async Task A_list_that_begins_again_ends_with_a_reason()
    {
        byte[] entry = [5, 0, 0, 0, 1, 0, (byte)'A', 0xC4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, .. new byte[12], 0];
        await using var target = new ScriptedTarget(_ => [0xD5, 0, 6, 0, .. entry]);
        await using IController controller = Create(target);
        Assert.Equal("the list of tags does not go on", Assert.IsType<BrowseOutcome.Failed>(await controller.BrowseAsync(progress: null, Stop)).Reason);
    }

    [Fact]
    public async Task Fifty_thousand_tags_are_listed_with_their_progress()
    {
        const int Tags = 50_000;
        await using var target = new ScriptedTarget(Page);
        await using IController controller = Create(target);
        var progress = new Progress();
        TagList list = Assert.IsType<BrowseOutcome.Browsed>(await controller.BrowseAsync(progress, Stop)).Tags;
        Assert.Equal(Tags, list.Tags.Length);
        Assert.Equal(Tags, progress.Last);

        static byte[] Page(byte[] message)
        {
            uint first = message[2] == 0x20 && message[4] == 0x25 ? BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(6)) : message[5];
            var page = new List<byte>();
            uint next = Math.Max(first, 1);
            for (; next <= Tags && page.Count < 440; next++)
            {
                page.AddRange([(byte)next, (byte)(next >> 8), 0, 0, 5, 0, .. "Tag"u8, (byte)('A' + (next % 26)), (byte)('A' + (next / 26 % 26)), 0xC4, 0, .. new byte[11], 4, .. new byte[12], 0]);
            }

            return [0xD5, 0, (byte)(next <= Tags ? 6 : 0), 0, .. page];
        }
    }

    [Fact]
    public async Task A_value_that_never_ends_is_no_value_and_holds_up_only_its_round()
    {
        await using var target = new ScriptedTarget(message => message[0] == 0x4C ? [0xCC, 0, 6, 0, 0xC4, 0, 1, 0, 0, 0] : [0xD2, 0, 6, 0, 0xC4, 0, 1, 0, 0, 0]);
        await using IController controller = Create(target);
        var values = new ValueOutcome[1];
        Assert.IsType<RoundOutcome.Read>(await controller.Prepare([Tag("Endless")]).ReadAsync(values, Stop));
        Assert.Equal("BadCommunicationError: the value comes in more parts than any value has", Text(values[0]));
    }

    [Theory]
    [InlineData("CC000600", "D2000600C400")]
    [InlineData("CC000600C400", "D2000000CA0001")]
    [InlineData("CC000600C40001", "D2000500")]
    [InlineData("CC000000", "")]
    [InlineData("CC000000A002CE0F", "")]
    public async Task Parts_that_do_not_belong_together_are_no_value(string first, string part)
    {
        await using var target = new ScriptedTarget(message => Convert.FromHexString(message[0] == 0x4C ? first : part));
        await using IController controller = Create(target);
        var values = new ValueOutcome[1];
        Assert.IsType<RoundOutcome.Read>(await controller.Prepare([Tag("Odd")]).ReadAsync(values, Stop));
        Assert.StartsWith("Bad", Text(values[0]), StringComparison.Ordinal);
    }

    private IController Create(ScriptedTarget target) => new ControllerFactory(new EtherNetIpMetrics(_meters), TimeProvider.System, NullLoggerFactory.Instance)
        .Create(new ControllerPlan("liar", "127.0.0.1", target.Port, RoutePath.None) { Timeout = TimeSpan.FromSeconds(30) }, static _ => { });

    private sealed class Progress : IProgress<int>
    {
        public int Last { get; private set; }

        public void Report(int value) => Last = value;
    }
}
