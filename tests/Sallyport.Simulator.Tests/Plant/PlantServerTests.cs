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

    public ValueTask DisposeAsync() => _plant.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task A_request_gets_its_answer_and_the_value_is_on_the_list()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        Assert.Equal(Bytes(Answer), await client.ReceiveAsync(13));
        await client.SendAsync(Request);
        await client.ReceiveAsync(13);
        Assert.Equal(0x0100_0001u, _plant.Memory.Ledger.Snapshot()[0].Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task Requests_in_one_segment_are_answered_in_their_order()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("0001 0000 0006 02 03 0010 0002 0002 0000 0006 02 03 0000 0001");
        Assert.Equal(Bytes("0001 0000 0007 02 03 04 0100 0001 0002 0000 0003 02 83 02"), await client.ReceiveAsync(22));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_request_in_single_bytes_is_answered()
    {
        using var client = await ConnectAsync();
        foreach (var part in Bytes(Request))
        {
            await client.SendAsync([part]);
        }

        Assert.Equal(Bytes(Answer), await client.ReceiveAsync(13));
    }

    [Fact(Timeout = 30_000)]
    public async Task Several_clients_are_served_at_once()
    {
        using var first = await ConnectAsync();
        using var second = await ConnectAsync();
        await second.SendAsync(Request);
        Assert.Equal(Bytes(Answer), await second.ReceiveAsync(13));
        await first.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0002"), await first.ReceiveAsync(13));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("0001 0001 0006 02 03 0010 0002")]
    [InlineData("0001 0000 0001 02")]
    [InlineData("0001 0000 00FF 02")]
    public async Task A_header_that_is_not_Modbus_ends_the_connection(string request)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(request);
        Assert.True(await client.IsCutAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_plant_answers_after_its_delay()
    {
        _plant.Behaviour.Set(new PlantManners(TimeSpan.FromMilliseconds(200)));
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        while (client.Available == 0)
        {
            // The delay begins when the request has come through the socket, which no fake clock knows.
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        Assert.Equal(Bytes(Answer), await client.ReceiveAsync(13));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_dead_plant_cuts_its_clients_and_accepts_none_until_it_starts_again()
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        await client.ReceiveAsync(13);
        await _plant.DieAsync();
        Assert.True(await client.IsCutAsync());
        await Assert.ThrowsAsync<SocketException>(ConnectAsync);

        _plant.Start();
        using var again = await ConnectAsync();
        await again.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0002"), await again.ReceiveAsync(13));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_value_whose_answer_was_swallowed_by_death_was_not_served()
    {
        _plant.Behaviour.Set(new PlantManners(TimeSpan.FromHours(1)));
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        await _plant.DieAsync();
        Assert.Equal(0, _plant.Memory.Ledger.Count);
    }

    private Task<PlantClient> ConnectAsync() => PlantClient.ConnectAsync(_plant.Endpoint);
}
