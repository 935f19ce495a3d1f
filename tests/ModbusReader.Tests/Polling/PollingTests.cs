using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Tests.Polling;

public sealed class PollingTests
{
    private const int TestLimit = 30_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // facts 2.23
    [Fact(Timeout = TestLimit)]
    public async Task A_group_is_polled_at_once_and_then_once_per_interval()
    {
        await using var bench = new ReaderBench();
        bench.Use(("a", [1, 2]));
        bench.Start();
        Assert.Equal("a 0: p1=1 p2=2 cfg1", await bench.NextFrameAsync());
        for (int seq = 1; seq <= 5; seq++)
        {
            bench.Time.Advance(Interval);
            Assert.StartsWith($"a {seq}:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, bench.Count("overruns"));
        Assert.Equal(0, bench.Count("bad_points"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task The_session_is_announced_and_the_unit_online_and_described()
    {
        await using var bench = new ReaderBench();
        bench.Use(("a", [1]));
        bench.Start();
        await bench.NextFrameAsync();
        await bench.UntilAsync(() => bench.Outboxes.Status.Count == 3);
        Assert.Equal("a starting, a online, a metadata cfg1", await TakeStatusAsync(bench, 3));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_slow_poll_never_overlaps_the_next_one_and_is_counted()
    {
        await using var bench = new ReaderBench();
        var gate = new TaskCompletionSource<ReadOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Device("a").Answer = _ => gate.Task;
        bench.Use(("a", [1]));
        bench.Start();
        await bench.UntilAsync(() => !bench.Device("a").Requests.IsEmpty);

        bench.Time.Advance(Interval * 3.5);
        Assert.Single(bench.Device("a").Requests);
        bench.Device("a").Recover();
        gate.SetResult(null);
        Assert.StartsWith("a 0:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        Assert.StartsWith("a 1:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        Assert.Equal(3, bench.Count("overruns"));
        Assert.Equal(2, bench.Device("a").Requests.Count);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_dead_device_delays_nobody_on_another_connection()
    {
        await using var bench = new ReaderBench();
        var silence = new TaskCompletionSource<ReadOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Device("dead").Answer = _ => silence.Task;
        bench.Use(("alive", [1]), ("dead", [1]));
        bench.Start();
        Assert.StartsWith("alive 0:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        for (int seq = 1; seq <= 10; seq++)
        {
            bench.Time.Advance(Interval);
            Assert.StartsWith($"alive {seq}:", await bench.NextFrameAsync(), StringComparison.Ordinal);
        }

        Assert.Single(bench.Device("dead").Requests);
        silence.SetResult(ReadOutcome.TimedOut.Instance);
    }

    // facts 2.2
    [Fact(Timeout = TestLimit)]
    public async Task A_silent_device_is_bad_in_its_frame_left_alone_for_a_while_and_asked_again()
    {
        await using var bench = new ReaderBench();
        ScriptedMaster device = bench.Device("a");
        device.Always(ReadOutcome.TimedOut.Instance);
        bench.Use(("a", [1]));
        bench.Start();
        Assert.Equal("a 0: p1=BadTimeout cfg1", await bench.NextFrameAsync());

        device.Recover();
        Task<string> next = bench.NextFrameAsync();
        await bench.UntilAsync(() => next.IsCompleted, Interval);
        Assert.Equal("a 1: p1=1 cfg1", await next);
        await bench.UntilAsync(() => bench.Outboxes.Status.Count == 4);
        Assert.Equal("a starting, a offline, a online, a metadata cfg1", await TakeStatusAsync(bench, 4));
        Assert.Equal(1, bench.Count("bad_points"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Polls_that_are_left_out_for_a_silent_device_are_counted()
    {
        await using var bench = new ReaderBench();
        bench.Random = () => 0.9;
        bench.Device("a").Always(ReadOutcome.TimedOut.Instance);
        bench.Use(("a", [1]));
        bench.Start();
        await bench.UntilAsync(() => bench.Count("skipped") > 0, Interval);
        Assert.True(bench.Count("polls") > 0);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Units_that_a_new_plan_does_not_change_keep_polling_with_their_numbers()
    {
        await using var bench = new ReaderBench();
        bench.Use(("a", [1]), ("b", [1]));
        bench.Start();
        await TakeFramesAsync(bench, 2);
        ScriptedMaster untouched = bench.Device("a");

        bench.Use(("a", [1]), ("b", [1, 2]), ("c", [1]));
        await UntilUnitsAsync(bench, "a b c");
        Assert.Equal("b 1: p1=1 p2=2 cfg2; c 0: p1=1 cfg2", await TakeFramesAsync(bench, 2));
        bench.Time.Advance(Interval);
        Assert.Equal("a 1: p1=1 cfg2; b 2: p1=1 p2=2 cfg2; c 1: p1=1 cfg2", await TakeFramesAsync(bench, 3));
        Assert.False(untouched.IsDisposed);
        Assert.Equal(2, untouched.Requests.Count);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_unit_that_leaves_the_plan_stops_and_its_connection_closes()
    {
        await using var bench = new ReaderBench();
        bench.Use(("a", [1]), ("b", [1]));
        bench.Start();
        await TakeFramesAsync(bench, 2);
        bench.Use(("a", [1]));
        await UntilUnitsAsync(bench, "a");
        Assert.True(bench.Device("b").IsDisposed);
        Assert.False(bench.Device("a").IsDisposed);
        string[] statuses = (await TakeStatusAsync(bench, 8)).Split(", ");
        Assert.Contains("b stopped", statuses, StringComparer.Ordinal);
        Assert.DoesNotContain("a stopped", statuses, StringComparer.Ordinal);
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_unit_that_moves_to_another_device_starts_anew()
    {
        await using var bench = new ReaderBench();
        bench.Use(("a", [1]));
        bench.Start();
        await bench.NextFrameAsync();
        bench.Use(Plans.Read(Plans.JsonFor(("a", [1])).Replace("modbus-tcp://a:502", "modbus-tcp://other:502", StringComparison.Ordinal)));
        Assert.Equal("a 1: p1=1 cfg2", await bench.NextFrameAsync());
        Assert.True(bench.Device("a").IsDisposed);
        Assert.Single(bench.Device("other").Requests);
    }

    [Fact(Timeout = TestLimit)]
    public async Task An_ordered_stop_loses_no_value_that_was_read()
    {
        await using var bench = new ReaderBench();
        var gate = new TaskCompletionSource<ReadOutcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Device("a").Answer = _ => gate.Task;
        bench.Use(("a", [1, 500]));
        bench.Start();
        await bench.UntilAsync(() => !bench.Device("a").Requests.IsEmpty);

        Task stopping = bench.StopAsync();
        Assert.False(stopping.IsCompleted);
        gate.SetResult(null);
        await stopping;
        Assert.Equal(2, bench.Device("a").Served);
        Assert.Equal("a 0: p1=1 p500=500 cfg1", await bench.NextFrameAsync());
        Assert.Equal(0, bench.Outboxes.Telemetry.Count);
        Assert.Equal("a starting, a online, a stopped, a metadata cfg1", await TakeStatusAsync(bench, 4));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_fault_of_ours_ends_the_worker_with_it()
    {
        await using var bench = new ReaderBench();
        bench.Device("a").Answer = _ => throw new InvalidOperationException("A fault of ours.");
        bench.Use(("a", [1]));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => bench.Supervisor.RunAsync(TestContext.Current.CancellationToken));
    }

    private static Task UntilUnitsAsync(ReaderBench bench, string names) => bench.UntilAsync(() =>
        string.Equals(string.Join(' ', bench.Supervisor.Sources.Select(unit => unit.Plan.Name)), names, StringComparison.Ordinal));

    private static async Task<string> TakeFramesAsync(ReaderBench bench, int count)
    {
        var frames = new List<string>();
        while (frames.Count < count)
        {
            frames.Add(await bench.NextFrameAsync());
        }

        return string.Join("; ", frames.Order(StringComparer.Ordinal));
    }

    private static async Task<string> TakeStatusAsync(ReaderBench bench, int count)
    {
        var statuses = new List<string>();
        while (statuses.Count < count)
        {
            statuses.Add(await bench.NextStatusAsync());
        }

        return string.Join(", ", statuses);
    }
}
