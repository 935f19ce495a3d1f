using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.EtherNetIpPlant;
using Sallyport.Simulator.Plant;
using Sallyport.Simulator.Tests.Plant;
using static Sallyport.Simulator.Tests.EtherNetIpPlant.CipDialogue;

namespace Sallyport.Simulator.Tests.EtherNetIpPlant;

public sealed class EtherNetIpPlantServerTests : IAsyncDisposable
{
    private const int ReplyLength = 50;

    private static readonly string Message = Read(Name("ScanNumber"));

    private readonly FakeTimeProvider _time = new();
    private readonly EtherNetIpPlantServer _plant;

    public EtherNetIpPlantServerTests()
    {
        var ledger = new PlantLedger();
        _plant = new(CompactLogix.Create("line-1", ledger, _time), ledger, new(IPAddress.Loopback, 0), _time, NullLogger<EtherNetIpPlantServer>.Instance);
        _plant.Start();
    }

    public ValueTask DisposeAsync() => _plant.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task A_unique_value_is_on_the_list_with_its_controller_and_tag()
    {
        using var client = await RegisterAsync();
        await client.SendAsync(Request(handle: 1));
        Assert.Equal(Bytes("CC000000 C400 01000001"), (await client.ReceiveAsync(ReplyLength))[40..]);
        await _plant.Answered.WaitUntilAsync(() => _plant.Answers == 2, TestContext.Current.CancellationToken);
        Assert.Equal(new ServedValue(new PlantPoint.Tag("line-1", "ScanNumber"), 0, 0x0100_0001), Assert.Single(_plant.Ledger.Snapshot()));
    }

    [Fact(Timeout = 30_000)]
    public async Task Two_clients_have_sessions_of_their_own()
    {
        using var first = await RegisterAsync();
        using var second = await RegisterAsync(handle: 2);
        await second.SendAsync(Request(handle: 1));
        Assert.Equal(0x64, (await second.ReceiveAsync(24))[8]);
        await second.SendAsync(Request(handle: 2));
        Assert.Equal(0, (await second.ReceiveAsync(ReplyLength))[8]);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(EtherNetIpRudeness.HalfReply), 25)]
    [InlineData(nameof(EtherNetIpRudeness.Reset), 0)]
    public async Task A_connection_that_is_cut_in_the_middle_of_a_reply_served_nothing(string rudeness, int received)
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Rudeness: Enum.Parse<EtherNetIpRudeness>(rudeness)));
        await client.SendAsync(Request(handle: 1));
        await client.ReceiveAsync(received);
        while (received == 0 && !await client.IsCutAsync())
        {
            // A reset may or may not let half of the reply through.
        }

        Assert.True(received == 0 || await client.IsCutAsync());
        Assert.Equal(0, _plant.Ledger.Count);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(nameof(EtherNetIpRudeness.WrongContext), 12, 0xFE)]
    [InlineData(nameof(EtherNetIpRudeness.WrongSequence), 12, 0xFE)]
    [InlineData(nameof(EtherNetIpRudeness.WrongLength), 2, 0x1C)]
    public async Task A_reply_that_lies_about_itself_served_nothing(string rudeness, int offset, byte value)
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Rudeness: Enum.Parse<EtherNetIpRudeness>(rudeness)));
        await client.SendAsync(Request(handle: 1));
        Assert.Equal(value, (await client.ReceiveAsync(ReplyLength))[offset]);
        Assert.Equal(0, _plant.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reply_without_its_last_byte_is_consistent_in_all_lengths()
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Rudeness: EtherNetIpRudeness.ShortData));
        await client.SendAsync(Request(handle: 1));
        var reply = await client.ReceiveAsync(ReplyLength - 1);
        Assert.Equal((25, 9), (reply[2], reply[38]));
        Assert.Equal(0, _plant.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stale_reply_is_the_one_before()
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Rudeness: EtherNetIpRudeness.StaleReply, Every: 2));
        await client.SendAsync(Request(handle: 1));
        var first = await client.ReceiveAsync(ReplyLength);
        await client.SendAsync(Request(handle: 1));
        Assert.Equal(first, await client.ReceiveAsync(ReplyLength));
        Assert.Equal(1, _plant.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reply_in_single_bytes_is_a_reply()
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Rudeness: EtherNetIpRudeness.OneByteAtATime));
        await client.SendAsync(Request(handle: 1));
        Assert.Equal(Bytes("CC000000 C400 01000001"), (await client.ReceiveAsync(ReplyLength))[40..]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_silent_plant_reads_on_and_says_nothing_until_it_is_mended()
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Rudeness: EtherNetIpRudeness.NoReply, Every: 2));
        await client.SendAsync(Request(handle: 1));
        await client.ReceiveAsync(ReplyLength);
        await client.SendAsync(Request(handle: 1));
        await client.SendAsync(Request(handle: 1));
        Assert.Equal(Bytes("CC000000 C400 02000001"), (await client.ReceiveAsync(ReplyLength))[40..]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_status_is_given_instead_of_an_answer()
    {
        using var client = await RegisterAsync();
        _plant.Behaviour.Set(new(Status: new(0xFF, 0x2108)));
        await client.SendAsync(Request(handle: 1));
        Assert.Equal(Bytes("CC00 FF01 0821"), (await client.ReceiveAsync(46))[40..]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_client_that_says_nothing_for_two_minutes_is_cut_off_and_loses_its_connections()
    {
        using var client = await RegisterAsync();
        var open = Bytes(ForwardOpen(isLarge: true, 4002, multiplier: 7));
        await client.SendAsync(Frame(handle: 1, Convert.ToHexString(open)));
        await client.ReceiveAsync(40 + 4 + 26);
        Assert.Equal(1, _plant.Device.Connections.Count);
        var cut = client.IsCutAsync();
        while (!cut.IsCompleted)
        {
            // The time of the last frame begins when the plant has read it, which no fake clock knows.
            _time.Advance(TimeSpan.FromSeconds(60));
            await Task.Yield();
        }

        Assert.True(await cut);
        await _plant.DieAsync();
        Assert.Equal(0, _plant.Device.Connections.Count);
    }

    private static string Request(int handle) => Frame(handle, Message);

    private static string Frame(int handle, string message)
    {
        var length = Bytes(message).Length;
        return $"6F00 {length + 16:X2}00 {handle:X2}000000 00000000 0102030405060708 00000000 00000000 0000 0200 0000 0000 B200 {length:X2}00 {message}";
    }

    private async Task<PlantClient> RegisterAsync(int handle = 1)
    {
        var client = await PlantClient.ConnectAsync(_plant.Endpoint);
        await client.SendAsync("6500 0400 00000000 00000000 0000000000000000 00000000 0100 0000");
        Assert.Equal(handle, (await client.ReceiveAsync(28))[4]);
        return client;
    }
}
