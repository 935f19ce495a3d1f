using System.Threading.Channels;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Frames of a serial line over TCP, with the manners of a bus (facts 2.12, 2.13, 6.26, 6.27, 6.31).</summary>
public sealed class RtuOverTcpTests
{
    private const int TestLimit = 30_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly Channel<DeviceTurn> _asked = Channel.CreateUnbounded<DeviceTurn>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestLimit)]
    public async Task Registers_are_read_however_the_answer_is_split()
    {
        await using MasterBench bench = Bench(turn => turn.SendOneByOneAsync(turn.CorrectRtu()));
        for (int i = 0; i < 5; i++)
        {
            Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync(address: 100 + i, quantity: 125));
            Assert.Equal(100 + i, bench.Data[1]);
        }

        Assert.Equal(1, bench.Device.ConnectionCount);
        Assert.Equal(0, bench.Count("discarded_bytes"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Echo_noise_and_frames_of_others_are_skipped_and_counted()
    {
        byte[] foreign = RtuBytes.WithCrc(9, 3, 2, 1, 2);
        await using MasterBench bench = Bench(turn => turn.SendAsync([0xFF, .. turn.Request, .. foreign, .. turn.CorrectRtu(), 0x00]));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        Assert.True(bench.Count("discarded_bytes") >= 2 * (1 + 8 + foreign.Length));
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_exception_is_an_outcome()
    {
        await using MasterBench bench = Bench(turn => turn.SendAsync(RtuBytes.WithCrc(turn.Request[0], 0x83, 2)));
        Assert.Equal(new ReadOutcome.Refused(new ModbusExceptionCode(2)), await bench.ReadAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task After_a_time_out_the_bus_is_left_silent_and_the_late_answer_is_thrown_away()
    {
        await using MasterBench bench = Bench(Keep);
        Task<ReadOutcome> first = bench.ReadAsync(address: 100, unitId: 1).AsTask();
        DeviceTurn late = await _asked.Reader.ReadAsync(Stop);
        bench.Time.Advance(Limit);
        Assert.IsType<ReadOutcome.TimedOut>(await first);

        // The same shape of request: nothing but silence tells the late answer from the right one.
        Task<ReadOutcome> second = bench.ReadAsync(address: 200, unitId: 1).AsTask();
        bench.Time.Advance(Limit / 2);
        await late.SendAsync(late.CorrectRtu());
        while (bench.Count("discarded_bytes") < late.CorrectRtu().Length)
        {
            await Task.Yield();
        }

        bench.Time.Advance(Limit * 0.9);
        Assert.False(_asked.Reader.TryRead(out _));
        bench.Time.Advance(Limit * 0.1);
        Task<DeviceTurn> asked = _asked.Reader.ReadAsync(Stop).AsTask();
        DeviceTurn turn = await bench.RunClockAsync(asked, TimeSpan.FromMilliseconds(1));
        await turn.SendAsync(turn.CorrectRtu());
        Assert.IsType<ReadOutcome.Good>(await second);
        Assert.Equal([0, 200, 0, 201], bench.Data[..4]);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Half_a_late_answer_before_the_time_out_and_half_after_it_do_no_harm()
    {
        await using MasterBench bench = Bench(Keep);
        Task<ReadOutcome> first = bench.ReadAsync(address: 100).AsTask();
        DeviceTurn late = await _asked.Reader.ReadAsync(Stop);
        await late.SendAsync(late.CorrectRtu()[..5]);
        bench.Time.Advance(Limit);
        Assert.IsType<ReadOutcome.TimedOut>(await first);
        await late.SendAsync(late.CorrectRtu()[5..]);
        Task<ReadOutcome> second = bench.ReadAsync(address: 200).AsTask();
        DeviceTurn turn = await bench.RunClockAsync(_asked.Reader.ReadAsync(Stop).AsTask(), TimeSpan.FromMilliseconds(100));
        await turn.SendAsync(turn.CorrectRtu());
        Assert.IsType<ReadOutcome.Good>(await second);
        Assert.Equal([0, 200, 0, 201], bench.Data[..4]);
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_answer_with_a_wrong_checksum_is_told_as_such()
    {
        var sent = new TaskCompletionSource();
        await using MasterBench bench = Bench(async turn =>
        {
            byte[] reply = turn.CorrectRtu();
            reply[4] ^= 1;
            await turn.SendAsync(reply);
            sent.TrySetResult();
        });
        Task<ReadOutcome> read = bench.ReadAsync().AsTask();
        await sent.Task;
        Assert.Equal(new ReadOutcome.Broken(ModbusFault.Checksum), await bench.RunClockAsync(read, TimeSpan.FromMilliseconds(50)));
        Assert.Equal(1, bench.Count("protocol_errors", "field", "checksum"));
        Assert.Equal(1, bench.Count("connections"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_short_answer_is_never_data_and_the_bus_is_drained()
    {
        int turns = 0;
        await using MasterBench bench = Bench(turn => turn.SendAsync(turns++ == 0 ? RtuBytes.WithCrc(turn.Request[0], 3, 2, 0, 1) : turn.CorrectRtu()));
        Assert.Equal(new ReadOutcome.Broken(ModbusFault.ByteCount), await bench.ReadAsync());
        DateTimeOffset end = bench.Time.GetUtcNow();
        Assert.IsType<ReadOutcome.Good>(await bench.RunClockAsync(bench.ReadAsync().AsTask(), TimeSpan.FromMilliseconds(20)));
        Assert.True(bench.Time.GetUtcNow() - end >= Limit);
        Assert.Equal(1, bench.Device.ConnectionCount);
    }

    // Facts 6.27: a reply that comes later than twice the time limit would pass for that of the next request to the same unit.
    [Fact(Timeout = TestLimit)]
    public async Task A_longer_silence_can_be_asked_for_and_a_very_late_answer_is_none_to_the_next_request()
    {
        byte[]? late = null;
        await using var bench = new MasterBench(
            async turn =>
            {
                if (late is null)
                {
                    late = [.. RtuBytes.WithCrc(turn.Request[0], 3, 4, 0xBA, 0xAD, 0xBA, 0xAD)];
                    await Keep(turn);
                    return;
                }

                await turn.SendAsync(turn.CorrectRtu());
            },
            plan => plan with { Drain = 3 * Limit },
            speaksRtu: true);
        Task<ReadOutcome> first = bench.ReadAsync().AsTask();
        DeviceTurn turn = await _asked.Reader.ReadAsync(TestContext.Current.CancellationToken);
        bench.Time.Advance(Limit);
        Assert.IsType<ReadOutcome.TimedOut>(await first);
        Task<ReadOutcome> second = bench.ReadAsync().AsTask();
        bench.Time.Advance(2 * Limit);
        await turn.SendAsync(late!);
        await MasterBench.UntilAsync(() => bench.Count("discarded_bytes") == late!.Length);
        DateTimeOffset heard = bench.Time.GetUtcNow();
        Assert.IsType<ReadOutcome.Good>(await bench.RunClockAsync(second, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(100, bench.Data[1]);
        Assert.True(bench.Time.GetUtcNow() - heard >= 3 * Limit);
    }

    private static MasterBench Bench(Func<DeviceTurn, Task> answer) => new(answer, speaksRtu: true);

    private Task Keep(DeviceTurn turn)
    {
        _asked.Writer.TryWrite(turn);
        return Task.CompletedTask;
    }
}
