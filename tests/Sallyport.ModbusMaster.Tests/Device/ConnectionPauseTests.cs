using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>Devices that want to be left alone now and then (facts 2.10, 2.11, 2.17, 6.8, 6.28, 6.33).</summary>
public sealed class ConnectionPauseTests
{
    private const int TestLimit = 30_000;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    [Fact(Timeout = TestLimit)]
    public async Task A_pause_between_requests_is_kept()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Correct()), plan => plan with { RequestPause = TimeSpan.FromMilliseconds(200) });
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        DateTimeOffset end = bench.Time.GetUtcNow();
        Assert.IsType<ReadOutcome.Good>(await bench.RunClockAsync(bench.ReadAsync().AsTask(), Step));
        Assert.InRange(bench.Time.GetUtcNow() - end, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_pause_after_connecting_is_kept_once()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Correct()), plan => plan with { ConnectPause = TimeSpan.FromMilliseconds(500) });
        DateTimeOffset start = bench.Time.GetUtcNow();
        Assert.IsType<ReadOutcome.Good>(await bench.RunClockAsync(bench.ReadAsync().AsTask(), Step));
        Assert.InRange(bench.Time.GetUtcNow() - start, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(900));
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_connection_that_nobody_uses_is_closed_and_opened_again_on_demand()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.Correct()), plan => plan with { IdleClose = TimeSpan.FromMilliseconds(300) });
        for (int i = 1; i <= 3; i++)
        {
            Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
            bench.Time.Advance(TimeSpan.FromMilliseconds(299));
            Assert.Equal(1, bench.Count("connections"));
            Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
            bench.Time.Advance(TimeSpan.FromMilliseconds(300));
            Assert.Equal(0, bench.Count("connections"));
            Assert.Equal(i, bench.Device.ConnectionCount);
        }

        Assert.Equal(0, bench.Count("unreachable"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_request_that_is_on_its_way_is_use()
    {
        var release = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var bench = new MasterBench(
            async turn =>
            {
                asked.SetResult();
                await release.Task;
                await turn.SendAsync(turn.Correct());
            },
            plan => plan with { IdleClose = TimeSpan.FromMilliseconds(100) });
        Task<ReadOutcome> read = bench.ReadAsync().AsTask();
        await asked.Task;
        bench.Time.Advance(TimeSpan.FromMilliseconds(900));
        release.SetResult();
        Assert.IsType<ReadOutcome.Good>(await read);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_needs_time_between_two_connections_gets_it()
    {
        await using var bench = new MasterBench(
            async turn =>
            {
                await turn.SendAsync(turn.Correct());
                await turn.CloseAsync();
            },
            plan => plan with { ReconnectPause = TimeSpan.FromSeconds(2) });
        Assert.IsType<ReadOutcome.Good>(await bench.ReadAsync());
        DateTimeOffset end = bench.Time.GetUtcNow();
        Assert.IsType<ReadOutcome.Good>(await bench.RunClockAsync(bench.ReadAsync().AsTask(), Step));
        Assert.InRange(bench.Time.GetUtcNow() - end, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact(Timeout = TestLimit)]
    public async Task After_a_failure_nobody_knocks_for_a_while_and_all_get_the_reason()
    {
        await using var bench = new MasterBench(turn => turn.CloseAsync());
        var closed = new ReadOutcome.Unreachable("connection closed by the device");
        Assert.Equal(closed, await bench.ReadAsync());
        Assert.Equal(closed, await bench.ReadAsync(unitId: 2));
        Assert.Equal(closed, await bench.ReadAsync(unitId: 3));
        Assert.Equal(1, bench.Device.ConnectionCount);
        bench.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(closed, await bench.ReadAsync());
        Assert.Equal(2, bench.Device.ConnectionCount);
        Assert.Equal(4, bench.Count("unreachable"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Only_a_device_that_always_answers_rubbish_is_dialled_less_and_less()
    {
        await using var bench = new MasterBench(turn => turn.SendAsync(turn.CorrectBut(6, 99)));
        Assert.IsType<ReadOutcome.Broken>(await bench.ReadAsync());
        Assert.IsType<ReadOutcome.Broken>(await bench.ReadAsync());
        Assert.Equal(new ReadOutcome.Unreachable("wrong unit-id in the reply"), await bench.ReadAsync());
        Assert.Equal(2, bench.Device.ConnectionCount);
    }
}
