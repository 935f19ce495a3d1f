using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Simulator.Faults;

namespace Sallyport.EndToEnd.Tests.Faults;

/// <summary>Watchdog as a process beside the others: every fault of the table in its README, made by the simulator, shows on the pages that the table names and leads to its
/// alarms, lamps, events and log lines, and back. How soon is the business of the test of the table with a clock of its own.</summary>
public sealed class WatchdogFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Every_fault_of_the_table_is_told_to_people_and_to_the_cloud_and_so_is_its_end()
    {
        await using WatchedGateway gateway = await WatchedGateway.StartAsync();
        await gateway.Log.UntilAsync("Delivery: Delivering");
        await UntilAllAreWellAsync(gateway);

        // Faults that do not meet each other; those of one list come one after the other. For a stall there has to be something to deliver, so that comes when the plant is back.
        var done = new ConcurrentBag<FaultRow>();
        ImmutableArray<FaultRow> rows = FaultTable.Rows;
        await Task.WhenAll(
            InTurnAsync(rows.Where(row => row.Fault.StartsWith("plant-dead", StringComparison.Ordinal) || row.Fault.StartsWith("kill:", StringComparison.Ordinal))),
            InTurnAsync(rows.Where(row => row.Fault.StartsWith("expire-sas", StringComparison.Ordinal))),
            InTurnAsync(rows.Where(row => row.Fault.StartsWith("strange-module", StringComparison.Ordinal))),
            InTurnAsync(rows.Where(row => row.Delivery is "Offline")));
        await InTurnAsync(rows.Where(row => row.Delivery is "Stalled"));
        Assert.Equal(rows.Select(row => (row.Fault, row.Times)).Order(), done.Select(row => (row.Fault, row.Times)).Order());
        await gateway.BufferLog.UntilAsync("The watchdog wants another connection");
        await UntilAllAreWellAsync(gateway);
        foreach (var lamp in Lamps.Severities)
        {
            await gateway.Lamps.UntilItIsDarkAsync(lamp);
        }

        await JudgeHealthAsync(gateway);

        async Task InTurnAsync(IEnumerable<FaultRow> some)
        {
            foreach (FaultRow row in some)
            {
                await HappenAsync(gateway, row);
                done.Add(row);
            }
        }
    }

    private static async Task UntilAllAreWellAsync(WatchedGateway gateway)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (!IsAllWell(await gateway.AskAsync("getHealth", "{}", status: 200)))
        {
            _ = await timer.WaitForNextTickAsync(Token);
        }
    }

    private static bool IsAllWell(JsonElement health) =>
        health.GetProperty("alarms").GetArrayLength() == 0
        && health.GetProperty("modules").EnumerateArray().All(module => module.GetProperty("condition").GetString() is "well");

    private static async Task HappenAsync(WatchedGateway gateway, FaultRow row)
    {
        Assert.True(FaultSpecification.TryParse(row.Fault, out FaultSpecification? specification, out var reason), reason);
        Fault fault = specification.Fault;
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (FaultSign sign in row.Signs)
        {
            before[sign.Who] = await gateway.PageAsync(sign.Who);
        }

        var begin = gateway.Log.Count;
        var heard = gateway.Cloud.Count;
        Task shown = UntilShownAsync(gateway, row.Signs, before);
        await gateway.BreakAsync(fault);
        for (var again = 1; again < row.Times; again++)
        {
            await gateway.MendAsync(fault);
            await gateway.BreakAsync(fault);
        }

        var hasLength = row.Times == 1 && row.Within > TimeSpan.Zero;
        if (!hasLength)
        {
            await gateway.MendAsync(fault);
        }

        await UntilToldAsync(gateway.Log, row, row.Log, begin, begin);
        if (row.Alarms is [var (worst, _), ..])
        {
            await gateway.Lamps.UntilItFlashesAsync(worst.ToLowerInvariant());
        }

        var end = hasLength ? gateway.Log.Count : begin;
        if (hasLength)
        {
            await gateway.MendAsync(fault);
        }

        await UntilToldAsync(gateway.Log, row, row.EndLog, begin, end);
        await shown;
        foreach (var type in row.Events)
        {
            await gateway.Cloud.UntilAsync(heard, $"\"{type}\"");
        }
    }

    // An alarm may be over before the fault is, when a worse one takes its place.
    private static async Task UntilToldAsync(HeardLines log, FaultRow row, ImmutableArray<int> events, int begin, int from)
    {
        foreach (var number in events)
        {
            foreach (var words in WordsOf(row, number))
            {
                await log.UntilAsync(number is 7002 ? begin : from, [$"\"event\":{number},", words]);
            }
        }
    }

    // What has to stand in a line, so that no other fault's is taken for this one's.
    private static string[] WordsOf(FaultRow row, int number) => number switch
    {
        7000 => [.. row.Alarms.Where(alarm => alarm.Severity is "High" or "Critical").Select(alarm => $"Alarm {alarm.Id} ({alarm.Severity})")],
        7001 => [.. row.Alarms.Where(alarm => alarm.Severity is "Medium" or "Low").Select(alarm => $"Alarm {alarm.Id} ({alarm.Severity})")],
        7002 => [.. row.Alarms.Select(alarm => $"Alarm {alarm.Id} is over")],
        7021 => [$"Delivery: {row.Delivery}"],
        7022 or 7023 or 7026 => [$"Module {(row.Fault.Split(':') is ["kill" or "expire-sas", var module, ..] ? module : "edgeHub")} "],
        _ => [""],
    };

    private static async Task UntilShownAsync(WatchedGateway gateway, ImmutableArray<FaultSign> signs, Dictionary<string, string> before)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        foreach (FaultSign sign in signs)
        {
            while (!sign.IsShown(before[sign.Who], await gateway.PageAsync(sign.Who)))
            {
                _ = await timer.WaitForNextTickAsync(Token);
            }
        }
    }

    private static async Task JudgeHealthAsync(WatchedGateway gateway)
    {
        JsonElement health = await gateway.AskAsync("getHealth", "{}", status: 200);
        Dictionary<string, int> starts = health.GetProperty("modules").EnumerateArray()
            .ToDictionary(module => module.GetProperty("name").GetString()!, module => module.GetProperty("starts").GetInt32(), StringComparer.Ordinal);
        Assert.Equal((5, 2, 3, 0), (starts["ModbusReader"], starts["EtherNetIpReader"], starts["edgeHub"], starts["edgeAgent"]));
        Assert.Contains(health.GetProperty("devices").EnumerateArray(), device => device.GetProperty("source").GetString() is "line-1");
        Assert.Contains(health.GetProperty("credentials").EnumerateArray(), one => one.GetProperty("kind").GetString() is "sas");
        Assert.InRange(health.GetProperty("buffer").GetProperty("usedShare").GetDouble(), 0, 1);
        JsonElement refusal = await gateway.AskAsync("acknowledge", """{"id":"module/Nobody/missing"}""", status: 404);
        Assert.Contains("getHealth lists those that stand", refusal.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
