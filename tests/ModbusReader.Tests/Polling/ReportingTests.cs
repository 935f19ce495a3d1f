using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>Groups that report changes.</summary>
public sealed class ReportingTests
{
    private const int TestLimit = 30_000;
    private const string OnChange = "\"report\":\"change\",\"deadband\":5,\"heartbeatMs\":3000";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Fact(Timeout = TestLimit)]
    public async Task Only_what_changed_is_sent_and_the_numbers_have_no_holes()
    {
        await using var bench = new ReaderBench();
        Use(bench, OnChange);
        bench.Start();
        Assert.Equal("a 0: p1=1 p2=2 cfg1", await bench.NextFrameAsync());
        Task<string> next = bench.NextFrameAsync();
        await PollAsync(bench);
        Assert.False(next.IsCompleted);
        bench.Device("a").Register = address => address == 2 ? (ushort)8 : address;
        await PollAsync(bench);
        Assert.Equal("a 1: delta p2=8 cfg1", await next);
        bench.Device("a").Register = address => address == 2 ? (ushort)9 : address;
        await PollAsync(bench);
        await PollAsync(bench);
        await PollAsync(bench);
        Assert.Equal("a 2: heartbeat  cfg1", await bench.NextFrameAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_device_that_comes_back_is_told_in_full()
    {
        await using var bench = new ReaderBench();
        Use(bench, OnChange);
        bench.Start();
        await bench.NextFrameAsync();
        bench.Device("a").Always(ReadOutcome.TimedOut.Instance);
        await PollAsync(bench);
        Assert.Equal("a 1: delta p1=BadTimeout p2=BadTimeout cfg1", await bench.NextFrameAsync());
        bench.Device("a").Recover();
        await PollAsync(bench);
        Assert.Equal("a 2: p1=1 p2=2 cfg1", await bench.NextFrameAsync());
    }

    [Fact(Timeout = TestLimit)]
    public async Task The_first_frame_under_a_new_plan_has_all_points_even_of_an_untouched_group()
    {
        await using var bench = new ReaderBench();
        Use(bench, OnChange);
        bench.Start();
        await bench.NextFrameAsync();
        await bench.UntilAsync(() => bench.Time.WaitingFor(Interval) == 1);
        Use(bench, OnChange);
        await bench.UntilAsync(() => bench.Supervisor.Sources.Any(unit =>
            string.Equals(unit.Polls["fast"].Loop.ConfigurationHash, "cfg2", StringComparison.Ordinal)));
        bench.Time.Advance(Interval);
        Assert.Equal("a 1: p1=1 p2=2 cfg2", await bench.NextFrameAsync());
        Assert.Equal(2, bench.Device("a").Requests.Count);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Changed_report_settings_restart_only_their_group()
    {
        await using var bench = new ReaderBench();
        bench.Use(Plans.Read(Document("\"report\":\"change\"")));
        bench.Start();
        await bench.UntilAsync(() =>
            bench.Supervisor.Sources.Count == 1 && bench.Time.WaitingFor(Interval) == 1 && bench.Time.WaitingFor(Interval * 2) == 1);
        RunningPollsOf(bench, out object fast, out object slow);
        bench.Use(Plans.Read(Document("\"report\":\"change\",\"keyFrameMs\":5000")));
        await bench.UntilAsync(() => !ReferenceEquals(bench.Supervisor.Sources[0].Polls.GetValueOrDefault("fast"), fast) && bench.Device("a").Requests.Count == 3);
        RunningPollsOf(bench, out _, out object slowNow);
        Assert.Same(slow, slowNow);
    }

    private static void RunningPollsOf(ReaderBench bench, out object fast, out object slow) =>
        (fast, slow) = (bench.Supervisor.Sources[0].Polls["fast"], bench.Supervisor.Sources[0].Polls["slow"]);

    private static void Use(ReaderBench bench, string report) => bench.Use(Plans.Read(
        Plans.JsonFor(("a", [1, 2])).Replace("\"intervalMs\":1000", $"\"intervalMs\":1000,{report}", StringComparison.Ordinal)));

    private static string Document(string report) => """
        {"connections":{"a":{"endpoint":"modbus-tcp://a:502"}},"units":{"a":{"connection":"a","unitId":1}},
         "groups":{"fast":{"intervalMs":1000,"report":"change"},"slow":{"intervalMs":2000}},
         "points":{"a":{"p1":{"group":"fast","table":"holdingRegister","address":1,"type":"uint16"},
                        "p2":{"group":"slow","table":"holdingRegister","address":2,"type":"uint16"}}}}
        """.Replace("\"report\":\"change\"", report, StringComparison.Ordinal);

    // One poll from beginning to end: time moves only when the loop waits for the next due time.
    private static async Task PollAsync(ReaderBench bench)
    {
        TimeSpan now = bench.Time.GetUtcNow() - bench.Time.Start;
        await bench.UntilAsync(() => bench.Time.WaitingFor(now + Interval) == 1);
        bench.Time.Advance(Interval);
        await bench.UntilAsync(() => bench.Time.WaitingFor(now + (Interval * 2)) == 1);
    }
}
