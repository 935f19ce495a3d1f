using System.Threading.Channels;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Devices that answer late or never: a late answer reaches nobody (facts 2.7, 6.3, 6.4).</summary>
public sealed class TimeoutTests
{
    private const int TestLimit = 30_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Channel<DeviceTurn> _asked = Channel.CreateUnbounded<DeviceTurn>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestLimit)]
    public async Task Silence_ends_after_the_time_limit_and_leaves_the_connection_open()
    {
        await using var bench = new MasterBench(turn => turn.Address == 1 ? Keep(turn) : turn.SendAsync(turn.Correct()));
        Task<ReadOutcome> read = bench.ReadAsync(address: 1).AsTask();
        await _asked.Reader.ReadAsync(Stop);
        bench.Time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(read.IsCompleted);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<ReadOutcome.TimedOut>(await read);
        Assert.Equal(1, bench.Count("timeouts"));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 2));
        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Each_request_has_the_whole_limit()
    {
        await using var bench = new MasterBench(Keep);
        for (int i = 0; i < 5; i++)
        {
            Task<ReadOutcome> read = bench.ReadAsync().AsTask();
            DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
            bench.Time.Advance(Limit * 0.9);
            await turn.SendAsync(turn.Correct());
            Assert.IsType<ReadOutcome.Good>(await read);
        }

        Task<ReadOutcome> last = bench.ReadAsync().AsTask();
        await _asked.Reader.ReadAsync(Stop);
        bench.Time.Advance(Limit * 0.95);
        Assert.False(last.IsCompleted);
        bench.Time.Advance(Limit * 0.05);
        Assert.IsType<ReadOutcome.TimedOut>(await last);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_late_answer_is_dropped_and_never_reaches_another_request()
    {
        await using var bench = new MasterBench(Keep);
        DeviceTurn late = await TimeOutAsync(bench, address: 100);
        Task<ReadOutcome> second = bench.ReadAsync(address: 200).AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
        await late.SendAsync([.. late.Correct(), .. turn.Correct()]);
        Assert.IsType<ReadOutcome.Good>(await second);
        Assert.Equal([0, 200, 0, 201], bench.Data[..4]);
        Assert.Equal(1, bench.Count("late_replies"));
        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    // Facts 6.1: half of an answer came in time, the rest with the answer to the next request.
    [Fact(Timeout = TestLimit)]
    public async Task An_answer_that_is_late_by_half_does_no_harm()
    {
        await using var bench = new MasterBench(Keep);
        Task<ReadOutcome> first = bench.ReadAsync(address: 100).AsTask();
        DeviceTurn late = await _asked.Reader.ReadAsync(Stop);
        await late.SendAsync(late.Correct()[..10]);
        bench.Time.Advance(Limit);
        Assert.IsType<ReadOutcome.TimedOut>(await first);
        Task<ReadOutcome> second = bench.ReadAsync(address: 200).AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
        await turn.SendAsync([.. late.Correct()[10..], .. turn.Correct()]);
        Assert.IsType<ReadOutcome.Good>(await second);
        Assert.Equal([0, 200, 0, 201], bench.Data[..4]);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_second_late_answer_to_the_same_request_is_recognised_too()
    {
        await using var bench = new MasterBench(Keep);
        DeviceTurn late = await TimeOutAsync(bench, address: 100);
        Task<ReadOutcome> second = bench.ReadAsync(address: 200).AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
        await turn.SendAsync([.. late.Correct(), .. late.Correct(), .. turn.Correct()]);
        Assert.IsType<ReadOutcome.Good>(await second);
        Assert.Equal(2, bench.Count("late_replies"));
    }

    // Facts 6.7: a gateway gives up a unit later than we do, and then tells of it.
    [Fact(Timeout = TestLimit)]
    public async Task A_late_exception_is_dropped_too()
    {
        await using var bench = new MasterBench(Keep);
        DeviceTurn late = await TimeOutAsync(bench, address: 100);
        Task<ReadOutcome> second = bench.ReadAsync(address: 200, unitId: 2).AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
        await turn.SendAsync([.. late.Exception(11), .. turn.Correct()]);
        Assert.IsType<ReadOutcome.Good>(await second);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_time_out_closes_the_connection_where_the_plan_says_so()
    {
        await using var bench = new MasterBench(Keep, plan => plan with { ClosesOnTimeout = true });
        await TimeOutAsync(bench, address: 100);
        Assert.Equal(0, bench.Count("connections"));
        Task<ReadOutcome> second = bench.ReadAsync(address: 200).AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
        await turn.SendAsync(turn.Correct());
        Assert.IsType<ReadOutcome.Good>(await second);
        Assert.Equal(2, bench.Device.ConnectionCount);
    }

    // Facts 6.9: a peer without power neither answers nor closes.
    [Fact(Timeout = TestLimit)]
    public async Task After_three_time_outs_without_a_byte_the_connection_is_given_up()
    {
        await using var bench = new MasterBench(Keep);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(i == 0 ? 0 : 1, bench.Count("connections"));
            await TimeOutAsync(bench, address: 100);
        }

        Assert.Equal(0, bench.Count("connections"));
    }

    // Facts 6.5: devices that send any transaction id.
    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_does_not_copy_the_transaction_id_can_be_read_if_the_plan_says_so()
    {
        await using var bench = new MasterBench(
            turn => turn.SendAsync([0, 0, .. turn.Correct().AsSpan(2)]),
            plan => plan with { IgnoresTransactionId = true, ClosesOnTimeout = true });
        for (int i = 0; i < 3; i++)
        {
            Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 100 + i));
            Assert.Equal(100 + i, bench.Data[1]);
        }

        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Without_transaction_ids_unit_and_length_still_count()
    {
        await using var bench = new MasterBench(
            turn => turn.SendAsync(turn.CorrectBut(6, 9)), plan => plan with { IgnoresTransactionId = true, ClosesOnTimeout = true });
        Assert.Equal(new ReadOutcome.Broken(ModbusFault.UnitId), await bench.ReadAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_answer_to_nothing_closes_the_connection_before_it_can_answer_something()
    {
        await using var bench = new MasterBench(async turn =>
        {
            byte[] uncalled = turn.Correct();
            uncalled[1]++;
            await turn.SendAsync(turn.Connection == 1 ? [.. turn.Correct(), .. uncalled] : turn.Correct());
        });
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 100));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 200));
        Assert.Equal([0, 200, 0, 201], bench.Data[..4]);
        Assert.Equal(2, bench.Device.ConnectionCount);
    }

    private async Task<DeviceTurn> TimeOutAsync(MasterBench bench, int address)
    {
        Task<ReadOutcome> read = bench.ReadAsync(address).AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(Stop);
        bench.Time.Advance(Limit);
        Assert.IsType<ReadOutcome.TimedOut>(await read);
        return turn;
    }

    private Task Keep(DeviceTurn turn)
    {
        _asked.Writer.TryWrite(turn);
        return Task.CompletedTask;
    }
}
