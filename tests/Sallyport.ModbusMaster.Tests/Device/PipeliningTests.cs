using System.Threading.Channels;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Several requests on their way at once (facts 6.6).</summary>
public sealed class PipeliningTests
{
    private const int TestLimit = 30_000;

    private readonly Channel<DeviceTurn> _asked = Channel.CreateUnbounded<DeviceTurn>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestLimit)]
    public async Task Answers_find_their_requests_whatever_their_order()
    {
        await using MasterBench bench = Bench(depth: 4);
        (Task<ReadOutcome> Read, byte[] Data)[] reads = [.. Enumerable.Range(0, 4).Select(i => Read(bench, 100 * i))];
        DeviceTurn[] turns = await TurnsAsync(4);
        Assert.Equal(4, turns.Select(turn => (turn.Request[0] << 8) | turn.Request[1]).Distinct().Count());
        await turns[0].SendAsync([.. turns.Reverse().SelectMany(turn => turn.Correct())]);
        for (int i = 0; i < reads.Length; i++)
        {
            Assert.IsType<ReadOutcome.Good>(await reads[i].Read);
            Assert.Equal(100 * i, (reads[i].Data[0] << 8) | reads[i].Data[1]);
        }

        Assert.Equal(1, bench.Device.ConnectionCount);
        Assert.Equal(4, bench.Master.Depth);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Never_more_than_the_depth_are_on_their_way()
    {
        await using MasterBench bench = Bench(depth: 2);
        (Task<ReadOutcome> Read, byte[] Data)[] reads = [.. Enumerable.Range(0, 6).Select(i => Read(bench, i))];
        for (int i = 0; i < 6; i += 2)
        {
            DeviceTurn[] turns = await TurnsAsync(2);
            Assert.False(_asked.Reader.TryRead(out _));
            await turns[0].SendAsync([.. turns.SelectMany(turn => turn.Correct())]);
        }

        Assert.All(await Task.WhenAll(reads.Select(read => read.Read)), outcome => Assert.IsType<ReadOutcome.Good>(outcome));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Each_request_has_its_own_time_limit()
    {
        await using MasterBench bench = Bench(depth: 2);
        (Task<ReadOutcome> first, _) = Read(bench, 1);
        await TurnsAsync(1);
        bench.Time.Advance(TimeSpan.FromMilliseconds(400));
        (Task<ReadOutcome> second, _) = Read(bench, 2);
        DeviceTurn[] turns = await TurnsAsync(1);
        bench.Time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.IsType<ReadOutcome.TimedOut>(await first);
        Assert.False(second.IsCompleted);
        await turns[0].SendAsync(turns[0].Correct());
        Assert.IsType<ReadOutcome.Good>(await second);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_pairs_wrongly_is_asked_one_thing_at_a_time_for_good()
    {
        await using MasterBench bench = Bench(depth: 4);
        (Task<ReadOutcome> Read, byte[] Data)[] reads = [.. Enumerable.Range(0, 4).Select(i => Read(bench, 100 * i, quantity: i + 1))];
        DeviceTurn[] turns = await TurnsAsync(4);

        // Each answer goes out under the id of another request.
        byte[] wrong = turns[1].Correct();
        (wrong[0], wrong[1]) = (turns[0].Request[0], turns[0].Request[1]);
        await turns[0].SendAsync(wrong);
        for (int i = 0; i < 3; i++)
        {
            // What was beside it is asked again, on a new connection, one after the other.
            DeviceTurn[] again = await TurnsAsync(1);
            Assert.Equal(2, again[0].Connection);
            Assert.False(_asked.Reader.TryRead(out _));
            await again[0].SendAsync(again[0].Correct());
        }

        ReadOutcome[] outcomes = await Task.WhenAll(reads.Select(read => read.Read));
        Assert.Single(outcomes.OfType<ReadOutcome.Broken>());
        Assert.Equal(3, outcomes.OfType<ReadOutcome.Good>().Count());
        Assert.Equal(1, bench.Master.Depth);
        Assert.Equal(1, bench.Count("depth_fallbacks"));
        Assert.Single(bench.Log.GetSnapshot(), record => record.Id.Id == 1104);

        (Task<ReadOutcome> Read, byte[] Data)[] later = [.. Enumerable.Range(0, 3).Select(i => Read(bench, i))];
        for (int i = 0; i < later.Length; i++)
        {
            DeviceTurn[] one = await TurnsAsync(1);
            Assert.False(_asked.Reader.TryRead(out _));
            await one[0].SendAsync(one[0].Correct());
        }

        Assert.All(await Task.WhenAll(later.Select(read => read.Read)), outcome => Assert.IsType<ReadOutcome.Good>(outcome));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_loses_what_it_gets_while_it_is_busy_is_asked_one_thing_at_a_time_too()
    {
        await using MasterBench bench = Bench(depth: 2);
        for (int i = 0; i < 3; i++)
        {
            (Task<ReadOutcome> first, _) = Read(bench, 1);
            (Task<ReadOutcome> second, _) = Read(bench, 2);
            DeviceTurn[] turns = await TurnsAsync(2);
            await turns[0].SendAsync(turns[0].Correct());
            await Task.WhenAny(first, second);
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAll(first, second);
        }

        Assert.Equal(1, bench.Master.Depth);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_dead_unit_beside_a_live_one_is_no_reason_to_fall_back()
    {
        await using MasterBench bench = Bench(depth: 2);
        for (int i = 0; i < 5; i++)
        {
            (Task<ReadOutcome> live, _) = Read(bench, 1, unitId: 1);
            (Task<ReadOutcome> dead, _) = Read(bench, 2, unitId: 2);
            DeviceTurn[] turns = await TurnsAsync(2);
            DeviceTurn answered = turns.Single(turn => turn.Request[6] == 1);
            await answered.SendAsync(answered.Correct());
            Assert.IsType<ReadOutcome.Good>(await live);
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.IsType<ReadOutcome.TimedOut>(await dead);
        }

        Assert.Equal(2, bench.Master.Depth);
        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Thousands_of_requests_of_many_callers_all_get_their_own_data()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Correct()), plan => plan with { Depth = 16 });
        await Parallel.ForAsync(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Stop }, async (i, _) =>
        {
            (Task<ReadOutcome> read, byte[] data) = Read(bench, i, unitId: (byte)(1 + (i % 5)));
            Assert.IsType<ReadOutcome.Good>(await read);
            Assert.Equal(i, (data[0] << 8) | data[1]);
        });
        Assert.Equal(2000, bench.Count("reads"));
        Assert.Equal(16, bench.Master.Depth);
    }

    private static (Task<ReadOutcome> Read, byte[] Data) Read(MasterBench bench, int address, int quantity = 1, byte unitId = 1)
    {
        byte[] data = new byte[250];
        return (bench.Master.ReadAsync(unitId, new ReadRequest(ModbusTable.HoldingRegister, address, quantity), data, Stop).AsTask(), data);
    }

    private MasterBench Bench(int depth) => new(
        turn =>
        {
            _asked.Writer.TryWrite(turn);
            return Task.CompletedTask;
        },
        plan => plan with { Depth = depth });

    private async Task<DeviceTurn[]> TurnsAsync(int count)
    {
        var turns = new List<DeviceTurn>();
        while (turns.Count < count)
        {
            turns.Add(await _asked.Reader.ReadAsync(Stop));
        }

        return [.. turns];
    }
}
