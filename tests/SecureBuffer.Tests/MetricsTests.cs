using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Configuration;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Every instrument is read here.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly Bench _bench = new(BufferPlan.Default with { SizeInBytes = 262_144, PageInBytes = 10_240 });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Depth_size_and_age_follow_what_is_in_the_lanes()
    {
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Append(Bench.Record(1, MessageType.Security));
        _bench.Lanes.Append(Bench.Record(2, MessageType.Security));
        _bench.Clock.Advance(TimeSpan.FromMilliseconds(1250));

        Assert.Equal(["alerts=2", "bulk=1"], Read<long>("sallyport.buffer.depth"));
        Assert.Equal(["alerts=123", "bulk=82"], Read<long>("sallyport.buffer.size"));
        Assert.Equal(["alerts=188416", "bulk=188416"], Read<long>("sallyport.buffer.capacity"));
        Assert.Equal(["alerts=1.25", "bulk=1.25"], Read<double>("sallyport.buffer.oldest_age"));
        Assert.Equal(["alerts=2", "bulk=1"], Read<long>("sallyport.buffer.records"));

        _bench.Lanes.Seal();
        await _bench.DeliverAsync();
        Assert.Equal(["alerts=0", "bulk=0"], Read<long>("sallyport.buffer.depth"));
        Assert.Equal(["alerts=0", "bulk=0"], Read<double>("sallyport.buffer.oldest_age"));
    }

    [Fact]
    public async Task Losses_are_counted_by_lane_and_reason()
    {
        Assert.Equal(
            [
                "alerts,evicted=0", "alerts,key-lost=0", "alerts,oversize=0", "alerts,stopped=0", "alerts,unclean=0", "alerts,unconfirmed=0",
                "alerts,unreadable=0", "bulk,evicted=0", "bulk,key-lost=0", "bulk,oversize=0", "bulk,stopped=0", "bulk,unclean=0", "bulk,unconfirmed=0",
                "bulk,unreadable=0",
            ],
            Read<long>("sallyport.buffer.records_lost"));

        _bench.EdgeHub.IsUplinkOpen = false;
        for (var number = 0; number < 32; number++)
        {
            _bench.Lanes.Append(Bench.Record(number, size: 10_000));
            _bench.Lanes.Seal();
            await _bench.DeliverAsync(most: number == 1 ? 1 : 0);
        }

        _bench.Lanes.Append(Bench.Record(0, size: 300_000));

        Assert.Equal(
            ["bulk,evicted=12", "bulk,oversize=1", "bulk,unconfirmed=2"],
            Read<long>("sallyport.buffer.records_lost").Where(value => !value.EndsWith("=0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Pages_are_counted_when_they_are_sent_confirmed_and_sent_again()
    {
        using MetricCollector<long> sent = _bench.Collect<long>("sallyport.buffer.pages_sent");
        using MetricCollector<long> confirmed = _bench.Collect<long>("sallyport.buffer.pages_confirmed");
        using MetricCollector<long> unproven = _bench.Collect<long>("sallyport.buffer.pages_unproven");
        _bench.EdgeHub.DiscardSilently = 1;
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Append(Bench.Record(1, MessageType.Audit));
        _bench.Lanes.Seal();
        await _bench.DeliverAsync(most: 1);
        Assert.Equal(["=2"], Read<int>("sallyport.buffer.pages_unconfirmed"));
        await _bench.DeliverAsync();

        Assert.Equal(["alerts=2", "bulk=2"], Sums(sent));
        Assert.Equal(["alerts=1", "bulk=1"], Sums(confirmed));
        Assert.Equal(["not-sent=2"], Sums(unproven));
        Assert.Equal(["=0"], Read<int>("sallyport.buffer.pages_unconfirmed"));
    }

    [Fact]
    public async Task The_state_of_the_uplink_is_one_of_five()
    {
        Assert.Equal(["disconnected=0", "open=0", "unknown=1", "unproven=0", "waiting=0"], Read<int>("sallyport.buffer.uplink"));
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Seal();

        _bench.EdgeHub.State = HubConnectionState.Connecting;
        await _bench.DeliverAsync(most: 1);
        Assert.Contains("disconnected=1", Read<int>("sallyport.buffer.uplink"));

        _bench.EdgeHub.State = HubConnectionState.Connected;
        _bench.EdgeHub.AreMetricsServed = false;
        await _bench.DeliverAsync(most: 1);
        Assert.Contains("unproven=1", Read<int>("sallyport.buffer.uplink"));

        _bench.EdgeHub.AreMetricsServed = true;
        _bench.EdgeHub.IsUplinkOpen = false;
        await _bench.DeliverAsync(most: 3);
        Assert.Contains("waiting=1", Read<int>("sallyport.buffer.uplink"));

        _bench.EdgeHub.IsUplinkOpen = true;
        _bench.EdgeHub.Pump();
        await _bench.DeliverAsync();
        Assert.Contains("open=1", Read<int>("sallyport.buffer.uplink"));
    }

    [Fact]
    public async Task What_a_power_cut_may_take_is_one_number()
    {
        using var bench = new Bench(storage: Ring.StorageState.Disk);
        Assert.Equal(["=10"], Read<double>(bench, "sallyport.buffer.loss_window"));
        Assert.Equal(["=10"], Read<double>(bench, "sallyport.buffer.max_latency"));
        Assert.Equal(["edgeHub=1"], Read<int>(bench, "sallyport.buffer.way"));
        Assert.Equal(["alerts=0", "bulk=0"], Read<long>(bench, "sallyport.buffer.undurable"));
        Assert.Contains("bulk,disk=1", Read<int>(bench, "sallyport.buffer.storage"));
        Assert.Contains("bulk,memory=0", Read<int>(bench, "sallyport.buffer.storage"));
        using MetricCollector<long> commits = bench.Collect<long>("sallyport.buffer.commits");
        using MetricCollector<long> faults = bench.Collect<long>("sallyport.buffer.disk_faults");
        bench.Lanes.Append(Bench.Record(0));
        Assert.Equal(["alerts=0", "bulk=1"], Read<long>(bench, "sallyport.buffer.undurable"));
        bench.Lanes.Seal();
        await bench.DeliverAsync();
        Assert.Equal(["=20"], Read<double>(bench, "sallyport.buffer.loss_window"));
        bench.Lanes.Append(Bench.Record(1));
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        bench.Committer.Step();
        bench.Committer.Step();
        Assert.Equal(["bulk=1"], Sums(commits));
        Assert.Empty(Sums(faults));

        bench.Plans.Replace(new Hosting.CurrentPlan<BufferPlan>.Edition(BufferPlan.Default with { IsWriteThrough = true }, 2, "cfg"));
        Assert.Equal(["=0"], Read<double>(bench, "sallyport.buffer.loss_window"));
    }

    [Fact]
    public async Task Failures_to_read_the_metrics_are_counted_by_reason()
    {
        using MetricCollector<long> failures = _bench.Collect<long>("sallyport.buffer.proof_failures");
        _bench.Lanes.Append(Bench.Record(0));
        _bench.Lanes.Seal();
        _bench.EdgeHub.AreMetricsServed = false;
        await _bench.DeliverAsync(most: 2);
        _bench.EdgeHub.AreMetricsServed = true;
        _bench.EdgeHub.MetricsInstead = "nonsense";
        await _bench.DeliverAsync(most: 3);

        Assert.Equal(["malformed=3", "unreachable=2"], Sums(failures));
    }

    [Fact]
    public async Task Received_and_repeated_messages_are_counted()
    {
        using MetricCollector<long> received = _bench.Collect<long>("sallyport.buffer.records_received");
        using MetricCollector<long> repeated = _bench.Collect<long>("sallyport.buffer.records_repeated");
        using MetricCollector<long> refused = _bench.Collect<long>("sallyport.buffer.records_refused");
        CancellationToken none = TestContext.Current.CancellationToken;
        await _bench.Intake.HandleAsync(Bench.Input("1", Bench.Json(1)), none);
        await _bench.Intake.HandleAsync(Bench.Input("1", Bench.Json(1)), none);
        await _bench.Intake.HandleAsync(Bench.Input("2", Bench.Json(1), "security"), none);
        await _bench.Intake.HandleAsync(Bench.Input("3", []), none);

        Assert.Equal(["alerts=1", "bulk=1"], Sums(received));
        Assert.Equal(["=1"], Sums(repeated));
        Assert.Equal(["=1"], Sums(refused));
    }

    [Fact]
    public void Counters_are_there_before_anything_happens()
    {
        using var meters = new TestMeters();
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.Start();
        _ = new Delivery.CourierMetrics(meters, _bench.Lanes);
        _ = new Intake.IntakeMetrics(meters, _bench.Lanes);

        Assert.Equal(
            [
                "sallyport.buffer.checkpoint_failures", "sallyport.buffer.checkpoints", "sallyport.buffer.pages_confirmed", "sallyport.buffer.pages_sent", "sallyport.buffer.pages_unproven",
                "sallyport.buffer.proof_failures", "sallyport.buffer.records_received", "sallyport.buffer.records_refused",
                "sallyport.buffer.records_repeated",
            ],
            seen);
    }

    private static IEnumerable<string> Sums(MetricCollector<long> collector) => Texts(collector.GetMeasurementSnapshot()
        .GroupBy(Tags, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Sum(measurement => measurement.Value)))
        .Where(row => row.Item2 != 0));

    private static string Tags<T>(CollectedMeasurement<T> measurement)
        where T : struct => string.Join(',', measurement.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Value));

    private static IEnumerable<string> Texts<T>(IEnumerable<(string Tags, T Value)> rows)
        where T : struct => rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Tags}={row.Value}")).Order(StringComparer.Ordinal);

    private IEnumerable<string> Read<T>(string instrument)
        where T : struct => Read<T>(_bench, instrument);

    private static IEnumerable<string> Read<T>(Bench bench, string instrument)
        where T : struct
    {
        using MetricCollector<T> collector = bench.Collect<T>(instrument);
        collector.RecordObservableInstruments();
        return Texts(collector.GetMeasurementSnapshot().Select(measurement => (Tags(measurement), measurement.Value)));
    }
}
