using Microsoft.Extensions.Logging.Testing;
using Sallyport.Simulator.Faults;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Faults;

/// <summary>Each fault of the table in the README leads to its state, alarms, lamp, events and log lines within its time, and back.</summary>
public sealed class FaultTableTests
{
    public static TheoryData<string, int> Faults
    {
        get
        {
            var faults = new TheoryData<string, int>();
            foreach (FaultRow row in FaultTable.Rows)
            {
                faults.Add(row.Fault, row.Times);
            }

            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_told_in_time_and_its_end_too(string fault, int times)
    {
        FaultRow row = FaultTable.Find(fault, times);
        using var watchdog = new WholeWatchdog();
        await watchdog.StartAsync();
        Dictionary<string, string> before = row.Signs.Select(sign => sign.Who).Distinct(StringComparer.Ordinal)
            .ToDictionary(who => who, watchdog.Gateway.PageOf, StringComparer.Ordinal);

        await FaultFeed.BreakAsync(watchdog, fault);
        for (var again = 1; again < times; again++)
        {
            await FaultFeed.MendAsync(watchdog, fault);
            await watchdog.LiveAsync(seconds: 10);
            await FaultFeed.BreakAsync(watchdog, fault);
        }

        // A fault that has no length is over as soon as it began.
        var hasLength = times == 1 && row.Within > TimeSpan.Zero;
        if (!hasLength)
        {
            await FaultFeed.MendAsync(watchdog, fault);
        }

        await watchdog.LiveUntilAsync(() => IsTold(watchdog, row), row.Within, () => Describe(watchdog));
        Assert.Equal(row.Lamp switch { "fast" => "x.x.x.x.", "slow" => "xxxx....", _ => "........" }, watchdog.Play());
        Assert.Equal(row.Alarms.Select(alarm => alarm.Id).Order(StringComparer.Ordinal), (await watchdog.AskHealthAsync())
            .GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
        HashSet<FaultSign> shown = [.. Shown(watchdog, row, before)];

        if (hasLength)
        {
            watchdog.Log.Clear();
            await FaultFeed.MendAsync(watchdog, fault);
        }

        await watchdog.LiveUntilAsync(() => IsOver(watchdog, row), row.EndWithin, () => Describe(watchdog));
        shown.UnionWith(Shown(watchdog, row, before));
        Assert.Equal(row.Signs.Select(sign => sign.Text).Order(StringComparer.Ordinal), shown.Select(sign => sign.Text).Order(StringComparer.Ordinal));
        Assert.Equal(row.Events.Order(StringComparer.Ordinal), watchdog.Raised.Raised.Select(raised => raised.EventType).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal("........", watchdog.Play());
        Assert.NotEmpty(watchdog.Status.Events);
    }

    [Fact]
    public void The_table_has_faults_of_the_simulator_alone_and_all_that_the_watch_is_for()
    {
        Assert.All(FaultTable.Rows, row => Assert.True(FaultSpecification.TryParse(row.Fault, out _, out var reason), reason));
        Assert.All(
            (string[])["edgehub-half-open", "uplink-cut", "edgehub-restart", "kill:ModbusReader", "expire-sas", "plant-dead"],
            fault => Assert.Contains(FaultTable.Rows, row => row.Fault.StartsWith(fault, StringComparison.Ordinal)));
    }

    private static bool IsTold(WholeWatchdog watchdog, FaultRow row) =>
        string.Equals(watchdog.Status.Delivery.State.ToString(), row.Delivery, StringComparison.Ordinal)
        && watchdog.Status.Alarms.Select(alarm => (alarm.Severity.ToString(), alarm.Id)).ToHashSet().SetEquals(row.Alarms)
        && row.Log.All(Ids(watchdog).Contains);

    private static bool IsOver(WholeWatchdog watchdog, FaultRow row) =>
        watchdog.Status is { Delivery.State: DeliveryState.Delivering, Alarms.Length: 0 } && row.EndLog.All(Ids(watchdog).Contains);

    private static IEnumerable<FaultSign> Shown(WholeWatchdog watchdog, FaultRow row, Dictionary<string, string> before) =>
        row.Signs.Where(sign => sign.IsShown(before[sign.Who], watchdog.Gateway.PageOf(sign.Who)));

    private static HashSet<int> Ids(WholeWatchdog watchdog) => [.. watchdog.Log.GetSnapshot().Select(line => line.Id.Id)];

    private static string Describe(WholeWatchdog watchdog) =>
        $"{watchdog.Status.Delivery}; alarms: {string.Join(", ", watchdog.Status.Alarms.Select(alarm => $"{alarm.Severity} {alarm.Id}"))}; log:\n"
        + string.Join('\n', watchdog.Log.GetSnapshot().Select((FakeLogRecord line) => $"{line.Id.Id} {line.Message}"));
}
