using Sallyport.ModbusMaster.Configuration;
using Sallyport.ModbusMaster.Device;

namespace Sallyport.ModbusReader.Tests.Polling;

/// <summary>When a unit is asked who it is, in fake time.</summary>
public sealed class UnitIdentificationTests
{
    private const int TestLimit = 30_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // facts 6.33
    [Fact(Timeout = TestLimit)]
    public async Task Nobody_is_asked_who_it_is_unless_its_unit_says_so()
    {
        await using var bench = new ReaderBench();
        bench.Device("a").Say("ABC", "P1", "1.0");
        bench.Use(("a", [1]));
        bench.Start();
        await PollAsync(bench, polls: 3);
        Assert.Equal(0, bench.Device("a").TimesIdentified);
        Assert.Equal("a starting, a online, a metadata cfg1", await StatusesAsync(bench, 3));
    }

    [Fact(Timeout = TestLimit)]
    public async Task It_is_asked_once_and_what_it_says_is_in_its_metadata()
    {
        await using var bench = new ReaderBench();
        bench.Device("a").Say("ABC", " P1 ", "1.0", "", "Meter", "M-1", "not told");
        bench.Use(Identified("a"));
        bench.Start();
        await PollAsync(bench, polls: 1);
        await bench.UntilAsync(() => bench.Count("identifications", "outcome", "known") == 1);
        await PollAsync(bench, polls: 3);

        // What was due before is not sent besides it.
        Assert.Equal("a starting, a online, a metadata cfg1 ABC/P1/1.0/Meter/M-1", await StatusesAsync(bench, 3));
        Assert.Equal(1, bench.Device("a").TimesIdentified);
        Assert.Equal(0, bench.Count("dropped"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task It_is_asked_again_when_it_is_back_and_only_news_are_told()
    {
        await using var bench = new ReaderBench();
        ScriptedMaster device = bench.Device("a");
        device.Say("ABC", "P1", "1.0");
        bench.Use(Identified("a"));
        bench.Start();
        await PollAsync(bench, polls: 1);
        await UntilKnownAsync(bench, times: 1);
        Assert.Equal("a starting, a online, a metadata cfg1 ABC/P1/1.0", await StatusesAsync(bench, 3));

        await GoAndComeBackAsync(bench, device);
        await UntilKnownAsync(bench, times: 2);
        Assert.Equal("a offline, a online", await StatusesAsync(bench, 2));
        Assert.Equal(0, bench.Outboxes.Status.Count);

        device.Say("ABC", "P1", "1.1");
        await GoAndComeBackAsync(bench, device);
        await UntilKnownAsync(bench, times: 3);
        Assert.Equal("a offline, a online, a metadata cfg1 ABC/P1/1.1", await StatusesAsync(bench, 3));
    }

    [Theory(Timeout = TestLimit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_device_that_does_not_say_it_is_never_asked_again_and_is_polled_as_ever(bool isSilent)
    {
        await using var bench = new ReaderBench();
        ScriptedMaster device = bench.Device("a");
        if (isSilent)
        {
            device.Identify = _ => Task.FromResult<IdentifyOutcome>(new IdentifyOutcome.Failed(ReadOutcome.TimedOut.Instance));
        }

        bench.Use(Identified("a"));
        bench.Start();
        await PollAsync(bench, polls: 1);
        await bench.UntilAsync(() => bench.Count("identifications", "outcome", "unknown") == 1);
        await GoAndComeBackAsync(bench, device);
        await PollAsync(bench, polls: 3);
        Assert.Equal(1, device.TimesIdentified);
        Assert.Equal("a starting, a online, a offline, a online, a metadata cfg1", await StatusesAsync(bench, 5));
    }

    [Fact(Timeout = TestLimit)]
    public async Task Polls_keep_to_their_grid_while_a_device_takes_its_time_to_say_who_it_is()
    {
        await using var bench = new ReaderBench();
        ScriptedMaster device = bench.Device("a");
        device.Identify = async stop =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            throw new InvalidOperationException("It was to be stopped.");
        };
        bench.Use(Identified("a"));
        bench.Start();
        (_, string first) = await bench.NextInstantAsync();
        await bench.UntilAsync(() => device.TimesIdentified == 1);
        for (int second = 1; second <= 5; second++)
        {
            bench.Time.Advance(Interval);
            (_, string instant) = await bench.NextInstantAsync();
            Assert.Equal(Interval * second, Parse(instant) - Parse(first));
        }

        Assert.Equal(0, bench.Count("overruns"));
        Assert.Equal(0, bench.Count("bad_points"));
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_plan_that_wants_it_from_now_on_begins_anew_with_the_unit()
    {
        await using var bench = new ReaderBench();
        bench.Device("a").Say("ABC", "P1", "1.0");
        bench.Use(("a", [1]));
        bench.Start();
        await PollAsync(bench, polls: 1);
        bench.Use(Identified("a"));
        await UntilKnownAsync(bench, times: 1);
        Assert.Equal(1, bench.Device("a").TimesIdentified);
    }

    private static DevicePlan Identified(string unit) => Plans.Read(
        Plans.JsonFor((unit, [1])).Replace("\"unitId\":1", "\"unitId\":1,\"identify\":true", StringComparison.Ordinal));

    private static async Task PollAsync(ReaderBench bench, int polls)
    {
        for (int i = 0; i < polls; i++)
        {
            Task<string> frame = bench.NextFrameAsync();
            await bench.UntilAsync(() => frame.IsCompleted, Interval);
            await frame;
        }
    }

    private static async Task GoAndComeBackAsync(ReaderBench bench, ScriptedMaster device)
    {
        device.Always(ReadOutcome.TimedOut.Instance);
        await bench.UntilAsync(() => IsIn(bench, "Offline"), Interval);
        device.Recover();
        await bench.UntilAsync(() => IsIn(bench, "Online"), Interval);
    }

    private static bool IsIn(ReaderBench bench, string state) =>
        string.Equals(bench.Supervisor.Sources[0].Status.Current.State.ToString(), state, StringComparison.Ordinal);

    private static Task UntilKnownAsync(ReaderBench bench, int times) =>
        bench.UntilAsync(() => bench.Count("identifications", "outcome", "known") == times);

    private static DateTimeOffset Parse(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> StatusesAsync(ReaderBench bench, int count)
    {
        await bench.UntilAsync(() => bench.Outboxes.Status.Count >= count);
        var statuses = new List<string>();
        while (statuses.Count < count)
        {
            statuses.Add(await bench.NextStatusAsync());
        }

        return string.Join(", ", statuses);
    }
}
