using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Tests.Plant.PlantMemoryTests;

namespace Sallyport.Simulator.Tests.Plant;

public sealed class PlantServerTests : IAsyncDisposable
{
    private const string Request = "1501 0000 0006 02 03 0010 0002";
    private const string Answer = "1501 0000 0007 02 03 04 0100 0001";

    private readonly FakeTimeProvider _time = new();
    private readonly PlantServer _plant;

    public PlantServerTests()
    {
        var memory = new PlantMemory([new PlantUnit(2).Unique(0x10, WordOrder.ABCD)], new PlantLedger());
        _plant = new(memory, new(IPAddress.Loopback, 0), _time, NullLogger<PlantServer>.Instance);
        _plant.Start();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _plant.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task A_request_gets_its_answer_and_the_value_is_on_the_list()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, Request);
        Assert.Equal(Bytes(Answer), await ReceiveAsync(client, 13));
        await SendAsync(client, Request);
        await ReceiveAsync(client, 13);
        Assert.Equal(0x0100_0001u, _plant.Memory.Ledger.Snapshot()[0].Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task Requests_in_one_segment_are_answered_in_their_order()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, "0001 0000 0006 02 03 0010 0002 0002 0000 0006 02 03 0000 0001");
        Assert.Equal(Bytes("0001 0000 0007 02 03 04 0100 0001 0002 0000 0003 02 83 02"), await ReceiveAsync(client, 22));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_in_single_bytes_is_answered()
    {
        using var client = await ConnectAsync();
        foreach (var part in Bytes(Request))
        {
            await client.SendAsync(new[] { part }, Cancellation);
        }

        Assert.Equal(Bytes(Answer), await ReceiveAsync(client, 13));
    }

    [Fact(Timeout = 30_000)]
    public async Task Several_clients_are_served_at_once()
    {
        using var first = await ConnectAsync();
        using var second = await ConnectAsync();
        await SendAsync(second, Request);
        Assert.Equal(Bytes(Answer), await ReceiveAsync(second, 13));
        await SendAsync(first, Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0002"), await ReceiveAsync(first, 13));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0001 0001 0006 02 03 0010 0002")]
    [InlineData("0001 0000 0001 02")]
    [InlineData("0001 0000 00FF 02")]
    public async Task A_header_that_is_not_Modbus_ends_the_connection(string request)
    {
        using var client = await ConnectAsync();
        await SendAsync(client, request);
        Assert.True(await IsCutAsync(client));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_plant_answers_after_its_delay()
    {
        _plant.Manners = PlantManners.Good with { Delay = TimeSpan.FromMilliseconds(200) };
        using var client = await ConnectAsync();
        await SendAsync(client, Request);
        while (client.Available == 0)
        {
            // The delay begins when the request has come through the socket, which no fake clock knows.
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        Assert.Equal(Bytes(Answer), await ReceiveAsync(client, 13));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_rude_plant_answers_with_another_transaction_id()
    {
        _plant.Manners = PlantManners.Good with { WrongTransactionId = true };
        using var client = await ConnectAsync();
        await SendAsync(client, Request);
        Assert.Equal(Bytes("1502"), (await ReceiveAsync(client, 13))[..2]);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plant_that_sends_single_bytes_still_sends_them_all()
    {
        _plant.Manners = PlantManners.Good with { OneByteAtATime = true };
        using var client = await ConnectAsync();
        await SendAsync(client, Request);
        Assert.Equal(Bytes(Answer), await ReceiveAsync(client, 13));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_dead_plant_cuts_its_clients_and_accepts_none_until_it_starts_again()
    {
        using var client = await ConnectAsync();
        await SendAsync(client, Request);
        await ReceiveAsync(client, 13);
        await _plant.DieAsync();
        Assert.True(await IsCutAsync(client));
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);

        _plant.Start();
        using var again = await ConnectAsync();
        await SendAsync(again, Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0002"), await ReceiveAsync(again, 13));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_value_whose_answer_was_swallowed_by_death_was_not_served()
    {
        _plant.Manners = PlantManners.Good with { Delay = TimeSpan.FromHours(1) };
        using var client = await ConnectAsync();
        await SendAsync(client, Request);
        await _plant.DieAsync();
        Assert.Equal(0, _plant.Memory.Ledger.Count);
    }

    /// <summary>A peer that leaves bytes unread resets the connection instead of ending it.</summary>
    private static async Task<bool> IsCutAsync(Socket client)
    {
        try
        {
            return await client.ReceiveAsync(new byte[1], Cancellation) == 0;
        }
        catch (SocketException reset)
        {
            return reset.SocketErrorCode is SocketError.ConnectionReset;
        }
    }

    private static async Task SendAsync(Socket client, string hex) => await client.SendAsync(Bytes(hex), Cancellation);

    private static async Task<byte[]> ReceiveAsync(Socket client, int count)
    {
        var bytes = new byte[count];
        await using var stream = new NetworkStream(client, ownsSocket: false);
        await stream.ReadExactlyAsync(bytes, Cancellation);
        return bytes;
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(_plant.Endpoint, Cancellation);
        return client;
    }
}
