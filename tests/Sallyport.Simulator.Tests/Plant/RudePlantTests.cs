using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Simulator.Plant;
using static Sallyport.Simulator.Tests.Plant.PlantMemoryTests;

namespace Sallyport.Simulator.Tests.Plant;

/// <summary>What a rude plant puts on the wire, and that only what a client may believe is on its list.</summary>
public sealed class RudePlantTests : IAsyncDisposable
{
    private const string Request = "1501 0000 0006 02 03 0010 0002";
    private const string BitsRequest = "1501 0000 0006 02 01 0000 0009";
    private const string Polite = "1501 0000 0003 03 83 0B";

    private readonly FakeTimeProvider _time = new();
    private readonly PlantServer _plant;

    public RudePlantTests()
    {
        var unit = new PlantUnit(2).Unique(0x10, WordOrder.ABCD);
        for (ushort address = 0; address < 9; address++)
        {
            unit.Bit(PlantTable.Coil, address, _ => true);
        }

        _plant = new(new PlantMemory([unit], new PlantLedger()), new(IPAddress.Loopback, 0), _time, NullLogger<PlantServer>.Instance);
        _plant.Start();
    }

    public static TheoryData<object, string, string> Lies => new()
    {
        { new PlantManners(Rudeness: PlantRudeness.WrongTransactionId), Request, "9501 0000 0007 02 03 04 0100 0001" },
        { new PlantManners(Rudeness: PlantRudeness.WrongUnitId), Request, "1501 0000 0007 82 03 04 0100 0001" },
        { new PlantManners(Rudeness: PlantRudeness.WrongByteCount), Request, "1501 0000 0007 02 03 06 0100 0001" },
        { new PlantManners(Rudeness: PlantRudeness.WrongByteCount), BitsRequest, "1501 0000 0005 02 01 04 FF01" },
        { new PlantManners(Rudeness: PlantRudeness.ShortData), Request, "1501 0000 0005 02 03 02 0100" },
        { new PlantManners(Rudeness: PlantRudeness.ShortData), BitsRequest, "1501 0000 0004 02 01 01 FF" },
        { PlantManners.Busy, Request, "1501 0000 0003 02 83 06" },
        { PlantManners.Failing, Request, "1501 0000 0003 02 83 04" },
        { PlantManners.Lost, BitsRequest, "1501 0000 0003 02 81 02" },
    };

    public ValueTask DisposeAsync() => _plant.DisposeAsync();

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Lies))]
    public async Task A_lie_goes_out_as_it_is_meant_and_counts_for_nothing(object manners, string request, string reply)
    {
        _plant.Behaviour.Set((PlantManners)manners);
        using var client = await ConnectAsync();
        await client.SendAsync(request);
        Assert.Equal(Bytes(reply), await client.ReceiveAsync(Bytes(reply).Length));
        await BecomeGoodAsync(client);
        Assert.Equal(0, _plant.Memory.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_answer_in_single_bytes_is_whole_in_the_end_and_counts()
    {
        _plant.Behaviour.Set(new PlantManners(Rudeness: PlantRudeness.OneByteAtATime));
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0001"), await client.ReceiveAsync(13));
        await BecomeGoodAsync(client);
        Assert.Equal(1, _plant.Memory.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_late_answer_comes_after_two_seconds_ahead_of_the_next_and_does_not_count()
    {
        _plant.Behaviour.Set(new PlantManners(Rudeness: PlantRudeness.Late), unitId: 2);
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        await client.SendAsync("1502 0000 0006 03 03 0010 0002");
        await AdvanceUntilAsync(() => client.Available > 0);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0001 1502 0000 0003 03 83 0B"), await client.ReceiveAsync(22));
        Assert.Equal(0, _plant.Memory.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_slow_answer_to_a_client_that_is_gone_uses_up_no_value()
    {
        _plant.Behaviour.Set(new PlantManners(TimeSpan.FromMilliseconds(200)), unitId: 2);
        using (var client = await ConnectAsync())
        {
            await client.SendAsync(Request);
        }

        await AdvanceUntilAsync(() => _plant.Accepted == 1 && !_plant.IsTaken);
        using var next = await ConnectAsync();
        _plant.Behaviour.Set(PlantManners.Good, unitId: 2);
        await next.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0001"), await next.ReceiveAsync(13));
    }

    [Fact(Timeout = 30_000)]
    public async Task Half_an_answer_ends_the_connection_and_does_not_count()
    {
        _plant.Behaviour.Set(new PlantManners(Rudeness: PlantRudeness.HalfReply));
        using var client = await ConnectAsync();
        await client.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007"), await client.ReceiveAsync(6));
        Assert.True(await client.IsCutAsync());
        Assert.Equal(0, _plant.Memory.Ledger.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_mute_plant_takes_requests_and_answers_none()
    {
        _plant.Behaviour.Set(PlantManners.Mute, unitId: 2);
        using var client = await ConnectAsync();
        await client.SendAsync(Request);

        // Answers come in order, so if the other unit's is first, there was none.
        await BecomeGoodAsync(client);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_forgetful_plant_answers_every_other_request()
    {
        _plant.Behaviour.Set(PlantManners.Forgetful);
        using var client = await ConnectAsync();
        for (var id = 1; id <= 4; id++)
        {
            await client.SendAsync($"000{id} 0000 0006 03 03 0010 0002");
        }

        Assert.Equal(Bytes("0001 0000 0003 03 83 0B 0003 0000 0003 03 83 0B"), await client.ReceiveAsync(18));
    }

    [Fact(Timeout = 30_000)]
    public async Task One_unit_can_be_rude_alone()
    {
        _plant.Behaviour.Set(PlantManners.Busy, unitId: 3);
        using var client = await ConnectAsync();
        await client.SendAsync("0001 0000 0006 03 03 0010 0002");
        await client.SendAsync(Request);
        Assert.Equal(Bytes("0001 0000 0003 03 83 06 1501 0000 0007 02 03 04 0100 0001"), await client.ReceiveAsync(22));
    }

    // facts 6.8
    [Fact(Timeout = 30_000)]
    public async Task A_plant_for_one_shuts_the_second_out_until_the_first_is_gone()
    {
        _plant.Behaviour.Admission = PlantAdmission.OneOldestStays;
        using (var first = await ConnectAsync())
        {
            await first.SendAsync(Request);
            await first.ReceiveAsync(13);
            using var second = await ConnectAsync();
            Assert.True(await second.IsCutAsync());
        }

        await AdvanceUntilAsync(() => !_plant.IsTaken);
        using var third = await ConnectAsync();
        await third.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0002"), await third.ReceiveAsync(13));
    }

    // facts 6.8
    [Fact(Timeout = 30_000)]
    public async Task A_plant_where_the_newest_wins_throws_the_first_out()
    {
        _plant.Behaviour.Admission = PlantAdmission.OneNewestStays;
        using var first = await ConnectAsync();
        await first.SendAsync(Request);
        await first.ReceiveAsync(13);
        using var second = await ConnectAsync();
        await second.SendAsync(Request);
        Assert.Equal(Bytes("1501 0000 0007 02 03 04 0100 0002"), await second.ReceiveAsync(13));
        Assert.True(await first.IsCutAsync());
    }

    private Task<PlantClient> ConnectAsync() => PlantClient.ConnectAsync(_plant.Endpoint);

    /// <summary>Mends the plant's manners and proves by one more answer that all before it was dealt with.</summary>
    private async Task BecomeGoodAsync(PlantClient client)
    {
        _plant.Behaviour.Set(PlantManners.Good);
        await client.SendAsync("1501 0000 0006 03 03 0010 0002");
        Assert.Equal(Bytes(Polite), await client.ReceiveAsync(9));
    }

    private async Task AdvanceUntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            // A delay begins when its request has come through the socket, which no fake clock knows.
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }
    }
}
