using System.Globalization;
using Sallyport.Modbus;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>Devices that do not answer, and what that costs the others: nothing.</summary>
public sealed class OutageTests
{
    private const int TestLimit = 60_000;
    private const int Rounds = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.37);
    private static readonly ReadOutcome NoWay = new ReadOutcome.Unreachable("cannot connect: ConnectionRefused");

    // facts 2.3
    [Fact(Timeout = TestLimit)]
    public async Task One_dead_device_among_ten_does_not_move_the_others_by_a_tick()
    {
        string[] allLive = await InstantsOfTheNineAsync(_ => { });
        Assert.Equal(9 * (Rounds + 1), allLive.Length);
        Assert.Equal(allLive, await InstantsOfTheNineAsync(bench => bench.Device("dead").Answer = async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(0.9), bench.Time);
            return ReadOutcome.TimedOut.Instance;
        }));
        Assert.Equal(allLive, await InstantsOfTheNineAsync(bench => bench.Device("dead").Always(NoWay)));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_unit_that_is_replaced_does_not_move_the_others_by_a_tick()
    {
        string[] untouched = await InstantsOfTheNineAsync(_ => { });
        Assert.Equal(untouched, await InstantsOfTheNineAsync(_ => { }, replacedEachRound: true));
    }

    // facts 2.5, 6.8: a connection that is down is tried by one, and known to be down for all.
    [Fact(Timeout = TestLimit)]
    public async Task The_units_behind_a_connection_that_is_down_share_one_probe_and_are_all_told_to_be_offline()
    {
        await using var bench = new ReaderBench { Random = () => 0.5 };
        ScriptedMaster gateway = bench.Device("gateway");
        bench.Use(Plans.Read(SharedConnection));
        bench.Start();
        await bench.UntilAsync(() => States(bench, "Online Online Online"), TimeSpan.FromMilliseconds(10));

        gateway.Always(NoWay);
        await bench.UntilAsync(() => States(bench, "Offline Offline Offline"), TimeSpan.FromMilliseconds(10));
        int failed = gateway.Requests.Count;
        int failures = bench.Supervisor.Sources[0].Status.Current.ConsecutiveFailures;
        await bench.UntilAsync(() => gateway.Requests.Count >= failed + 5, TimeSpan.FromMilliseconds(100));
        await bench.UntilAsync(() => bench.Supervisor.Sources.All(unit => unit.Status.Current.ConsecutiveFailures >= failures + 5), TimeSpan.FromMilliseconds(100));
        int increase = bench.Supervisor.Sources.Max(unit => unit.Status.Current.ConsecutiveFailures) - failures;
        int tried = gateway.Requests.Count - failed;

        // All three may have been on their way when the connection broke; after that there is one request for each failure.
        Assert.InRange(tried, increase, increase + 3);

        gateway.Recover();
        await bench.UntilAsync(() => States(bench, "Online Online Online"), TimeSpan.FromMilliseconds(500));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Points_of_a_group_that_is_not_asked_in_an_outage_are_told_to_be_bad_once()
    {
        await using var bench = new ReaderBench { Random = () => 0.5 };
        bench.Use(Plans.Read(TwoGroups));
        bench.Start();
        var frames = new List<string>();
        await UntilFrameAsync(bench, frames, "slow=2");
        bench.Device("a").Always(ReadOutcome.TimedOut.Instance);
        await UntilFrameAsync(bench, frames, "fast=BadTimeout");
        await UntilFrameAsync(bench, frames, "slow=Bad");
        bench.Device("a").Recover();
        await UntilFrameAsync(bench, frames, "slow=2");
        Assert.InRange(frames.Count(frame => frame.Contains("slow=BadNoCommunication", StringComparison.Ordinal)), 0, 1);
    }

    // facts 6.18: busy is an answer.
    [Theory(Timeout = TestLimit)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_busy_device_is_asked_again_at_the_next_due_time(byte code)
    {
        await using var bench = new ReaderBench();
        bench.Device("a").Always(new ReadOutcome.Refused(new ModbusExceptionCode(code)));
        bench.Use(("a", [1]));
        bench.Start();
        Assert.Equal("a 0: p1=BadResourceUnavailable cfg1", await bench.NextFrameAsync());
        await bench.UntilAsync(() => bench.Time.WaitingFor(Interval) == 1);
        bench.Device("a").Recover();
        bench.Time.Advance(Interval);
        Assert.Equal("a 1: p1=1 cfg1", await bench.NextFrameAsync());
        Assert.Equal(0, bench.Count("skipped"));
    }

    private static async Task<string[]> InstantsOfTheNineAsync(Action<ReaderBench> prepare, bool replacedEachRound = false)
    {
        await using var bench = new ReaderBench { Random = () => First / Interval };
        prepare(bench);
        bench.Use(Plans.Read(TenUnits(deadAddress: 1)));
        bench.Start();
        await bench.UntilAsync(() => bench.Time.WaitingFor(First) == 10);
        var instants = new List<string>();
        for (int round = 0; round <= Rounds; round++)
        {
            if (replacedEachRound)
            {
                bench.Use(Plans.Read(TenUnits(deadAddress: round + 2)));
            }

            TimeSpan due = First + (Interval * round);
            bench.Time.Advance(due - (bench.Time.GetUtcNow() - bench.Time.Start));
            await bench.UntilAsync(() => bench.Time.WaitingFor(due + Interval) == 9);
            await TakeAsync(bench, instants, 9 * (round + 1));
        }

        return [.. instants.Order(StringComparer.Ordinal)];
    }

    private static async Task TakeAsync(ReaderBench bench, List<string> instants, int count)
    {
        while (instants.Count < count)
        {
            (string source, string instant) = await bench.NextInstantAsync();
            if (source[0] is 'u')
            {
                instants.Add($"{source} {instant}");
            }
        }
    }

    // The dead one has an interval of its own, so that the test can tell who waits for what.
    private static string TenUnits(int deadAddress)
    {
        string[] names = [.. Enumerable.Range(0, 9).Select(i => string.Create(CultureInfo.InvariantCulture, $"u{i}")), "dead"];
        string connections = string.Join(',', names.Select(name => $$"""
            "{{name}}":{"endpoint":"modbus-tcp://{{name}}:502"}
            """));
        string units = string.Join(',', names.Select(name => $$"""
            "{{name}}":{"connection":"{{name}}","unitId":1}
            """));
        string points = string.Join(',', names.Select(name => $$$"""
            "{{{name}}}":{"p":{"group":"{{{(name[0] is 'u' ? "fast" : "odd")}}}","table":"holdingRegister","address":{{{(name[0] is 'u' ? 1 : deadAddress)}}},"type":"uint16"}}
            """));
        return $$$"""{"connections":{{{{connections}}}},"units":{{{{units}}}},"groups":{"fast":{"intervalMs":1000},"odd":{"intervalMs":1013}},"points":{{{{points}}}}}""";
    }

    private const string SharedConnection = """
        {"connections":{"gateway":{"endpoint":"modbus-tcp://gateway:502"}},
         "units":{"a":{"connection":"gateway","unitId":1},"b":{"connection":"gateway","unitId":2},"c":{"connection":"gateway","unitId":3}},
         "groups":{"fast":{"intervalMs":100}},
         "points":{"a":{"p":{"group":"fast","table":"holdingRegister","address":1,"type":"uint16"}},
                   "b":{"p":{"group":"fast","table":"holdingRegister","address":1,"type":"uint16"}},
                   "c":{"p":{"group":"fast","table":"holdingRegister","address":1,"type":"uint16"}}}}
        """;

    private const string TwoGroups = """
        {"connections":{"a":{"endpoint":"modbus-tcp://a:502"}},"units":{"a":{"connection":"a","unitId":1}},
         "groups":{"fast":{"intervalMs":100},"slow":{"intervalMs":30000}},
         "points":{"a":{"fast":{"group":"fast","table":"holdingRegister","address":1,"type":"uint16"},
                        "slow":{"group":"slow","table":"holdingRegister","address":2,"type":"uint16"}}}}
        """;

    private static bool States(ReaderBench bench, string states) =>
        string.Equals(string.Join(' ', bench.Supervisor.Sources.Select(unit => unit.Status.Current.State)), states, StringComparison.Ordinal);

    private static async Task UntilFrameAsync(ReaderBench bench, List<string> frames, string part)
    {
        Task<string> next = bench.NextFrameAsync();
        while (true)
        {
            while (!next.IsCompleted)
            {
                bench.Time.Advance(TimeSpan.FromMilliseconds(100));

                // The clock must not run away from the polls: more frames than anybody takes would fill the outbox.
                for (int turn = 0; turn < 500 && !next.IsCompleted; turn++)
                {
                    await Task.Yield();
                }
            }

            frames.Add(await next);
            if (frames[^1].Contains(part, StringComparison.Ordinal))
            {
                return;
            }

            next = bench.NextFrameAsync();
        }
    }
}
