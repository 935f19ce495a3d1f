using CsCheck;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class OutboxTests : IDisposable
{
    private const int Capacity = 3;

    private readonly TestMeters _meters = new();
    private readonly MetricCollector<long> _dropped;
    private readonly MetricCollector<long> _depth;
    private readonly MetricCollector<long> _size;
    private readonly Outbox _outbox;

    public OutboxTests()
    {
        _dropped = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.dropped");
        _depth = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.depth");
        _size = new MetricCollector<long>(_meters, AcquisitionMetrics.MeterName, "sallyport.outbox.size");
        _outbox = new Outbox("telemetry", Capacity * Entries.SizeInBytes, new AcquisitionMetrics(_meters));
    }

    public void Dispose()
    {
        _dropped.Dispose();
        _depth.Dispose();
        _size.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task Messages_come_out_in_the_order_in_which_they_went_in()
    {
        Add("a", 0, 1, 2);
        Assert.Equal("a-0, a-1, a-2", await TakeAllAsync());
        Assert.Equal(0, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    // facts 2.16
    [Fact]
    public async Task A_full_outbox_drops_the_oldest_counts_it_and_says_which_numbers_are_missing()
    {
        Add("a", 0, 1, 2, 3, 4);
        Assert.Equal(2, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal("gap a 0..1 (2) outbox-full, a-2, a-3, a-4", await TakeAllAsync());
    }

    [Fact]
    public async Task Each_stream_has_gap_records_of_its_own()
    {
        Add("a", 0);
        Add("b", 0);
        Add("a", 1, 2, 3);
        Assert.Equal("gap a 0..0 (1) outbox-full, gap b 0..0 (1) outbox-full, a-1, a-2, a-3", await TakeAllAsync());
    }

    [Fact]
    public async Task A_gap_that_was_taken_does_not_grow_any_more()
    {
        Add("a", 0, 1, 2, 3);
        Assert.Equal("gap a 0..0 (1) outbox-full", await TakeAsync());
        Add("a", 4);
        Assert.Equal("gap a 1..1 (1) outbox-full, a-2, a-3, a-4", await TakeAllAsync());
    }

    [Fact]
    public async Task What_has_no_number_is_dropped_and_counted_without_a_gap_record()
    {
        foreach (string id in (string[])["s0", "s1", "s2", "s3"])
        {
            _outbox.Add(Entries.Status(id));
        }

        Assert.Equal(1, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal("s1, s2, s3", await TakeAllAsync());
    }

    [Fact]
    public async Task A_message_that_can_never_be_sent_leaves_a_gap_record()
    {
        Add("a", 0, 1);
        OutboxEntry first = (await _outbox.TakeAsync(TestContext.Current.CancellationToken))!;
        _outbox.GiveUp(first);
        Assert.Equal("gap a 0..0 (1) oversize, a-1", await TakeAllAsync());
        Assert.Equal(1, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact(Timeout = 30_000)]
    public async Task Taking_waits_for_the_first_message()
    {
        Task<string> taken = TakeAsync();
        Assert.False(taken.IsCompleted);
        Add("a", 0);
        Assert.Equal("a-0", await taken.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_completed_outbox_gives_what_it_has_and_then_nothing()
    {
        Add("a", 0);
        _outbox.Complete();
        Assert.Equal("a-0", await TakeAsync());
        Assert.Null(await _outbox.TakeAsync(TestContext.Current.CancellationToken));
        Add("a", 1);
        Assert.Equal(1, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public void What_is_abandoned_is_counted_as_lost()
    {
        Add("a", 0, 1);
        Assert.Equal(3, _outbox.Abandon(inFlight: 1));
        Assert.Equal(0, _outbox.Count);
        Assert.Equal(3, _dropped.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public async Task Depth_and_size_go_up_and_down_with_the_messages()
    {
        Add("a", 0, 1);
        Assert.Equal(2, _depth.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(2 * Entries.SizeInBytes, _size.GetMeasurementSnapshot().EvaluateAsCounter());
        await TakeAsync();
        Assert.Equal(1, _depth.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(Entries.SizeInBytes, _size.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public Task Every_number_of_every_stream_comes_out_or_is_in_a_gap_record_exactly_once() =>
        Gen.Int[0, 3].Array[0, 80].SampleAsync(async steps =>
        {
            using var meters = new TestMeters();
            var outbox = new Outbox("telemetry", Capacity * Entries.SizeInBytes, new AcquisitionMetrics(meters));
            var next = new Dictionary<string, long>(StringComparer.Ordinal) { ["a"] = 0, ["b"] = 0, ["c"] = 0 };
            var seen = new Dictionary<string, long>(StringComparer.Ordinal) { ["a"] = 0, ["b"] = 0, ["c"] = 0 };
            foreach (int step in steps)
            {
                if (step < 3)
                {
                    string source = "abc"[step..(step + 1)];
                    outbox.Add(Entries.Frame(source, next[source]++));
                }
                else if (outbox.Count > 0)
                {
                    See(seen, (await outbox.TakeAsync(TestContext.Current.CancellationToken))!);
                }
            }

            outbox.Complete();
            while (await outbox.TakeAsync(TestContext.Current.CancellationToken) is { } entry)
            {
                See(seen, entry);
            }

            Assert.Equal(next, seen);
        });

    private static void See(Dictionary<string, long> seen, OutboxEntry entry)
    {
        string[] words = Entries.NameOf(entry.Message).Split(' ', '.', '-');
        bool isGap = string.Equals(words[0], "gap", StringComparison.Ordinal);
        string source = words[isGap ? 1 : 0];
        Assert.Equal(seen[source], Number(words[isGap ? 2 : 1]));
        seen[source] = Number(words[isGap ? 4 : 1]) + 1;
    }

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private void Add(string source, params ReadOnlySpan<long> numbers)
    {
        foreach (long seq in numbers)
        {
            _outbox.Add(Entries.Frame(source, seq));
        }
    }

    private async Task<string> TakeAsync() =>
        Entries.NameOf((await _outbox.TakeAsync(TestContext.Current.CancellationToken))!.Message);

    private async Task<string> TakeAllAsync()
    {
        var names = new List<string>();
        while (_outbox.Count > 0)
        {
            names.Add(await TakeAsync());
        }

        return string.Join(", ", names);
    }
}
