using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.IotHub;
using Sallyport.TestKit;
using Sallyport.Watchdog.Alarms;
using Sallyport.Watchdog.Audit;
using Sallyport.Watchdog.Configuration;
using Sallyport.Watchdog.Delivery;
using Sallyport.Watchdog.Devices;
using Sallyport.Watchdog.Events;
using Sallyport.Watchdog.Methods;
using Sallyport.Watchdog.Scraping;
using Sallyport.Watchdog.Status;

namespace Sallyport.Watchdog.Tests.Delivery;

/// <summary>What the watch itself counts. Counters exist from the start.</summary>
public sealed class WatchMetricsTests
{
    private static readonly string[] Counters =
        ["watch.looks", "watch.messages", "watch.devices_left_out", "alarm.raised", "alarm.acknowledged", "alarm.store_failures", "delivery.reconnect_requests", "audit.changes", "audit.faults"];

    private readonly Dictionary<string, MetricCollector<long>> _counters = new(StringComparer.Ordinal);

    [Fact]
    public async Task Everything_that_is_told_is_counted()
    {

        using var bench = new GatewayBench();
        foreach (var name in Counters)
        {
            _counters[name] = new MetricCollector<long>(bench.Meters, ScrapeMetrics.MeterName, $"sallyport.{name}");
        }

        using var time = new MetricCollector<double>(bench.Meters, ScrapeMetrics.MeterName, "sallyport.delivery.time");
        var file = Path.Combine(bench.Folder, "rules.nft");
        await File.WriteAllTextAsync(file, "drop", GatewayBench.Token);
        bench.Plan = bench.Plan with { Files = [new WatchedFile("firewall", file), new WatchedFile("folder", bench.Folder)] };
        await bench.LiveAsync(seconds: 60);
        await File.WriteAllTextAsync(file, "accept", GatewayBench.Token);
        bench.Gateway.IsDelivering = false;
        bench.Gateway.Buffer[FakeGateway.Depth] = 20;
        bench.Gateway.Reader.IsUp = false;
        bench.Gateway.Certificates.PageInstead = "?";
        await bench.LiveAsync(seconds: 200);
        bench.Hub.Outcome = () => SendOutcome.NotConnected.Instance;
        Directory.Delete(bench.Folder, recursive: true);
        _ = await bench.Acknowledge.AnswerAsync(new MethodRequest(AcknowledgeMethod.Method, """{"id":"all"}"""u8.ToArray()), GatewayBench.Token);

        Assert.True(Sum("watch.looks", "outcome", "read") > 100);
        Assert.Equal(40, Sum("watch.looks", "outcome", "unreachable"));
        Assert.Equal(40, Sum("watch.looks", "outcome", "malformed"));
        Assert.Equal(3, Sum("alarm.raised", "severity", "High"));
        Assert.Equal(3, Sum("alarm.acknowledged"));
        Assert.Equal(1, Sum("alarm.store_failures"));
        Assert.Equal(1, Sum("delivery.reconnect_requests", "outcome", "sent"));
        Assert.Equal(1, Sum("audit.changes"));
        Assert.True(Sum("audit.faults") > 0);
        Assert.Equal(255, time.GetMeasurementSnapshot().Sum(one => one.Value));
        Assert.InRange(time.GetMeasurementSnapshot().Where(one => one.Tags["state"] is "Stalled").Sum(one => one.Value), 60, 80);
        foreach (MetricCollector<long> counter in _counters.Values)
        {
            counter.Dispose();
        }
    }

    [Fact]
    public void Counters_begin_at_zero()
    {
        using var meters = new TestMeters();
        MetricCollector<long>[] counters = [.. Counters.Select(name => new MetricCollector<long>(meters, ScrapeMetrics.MeterName, $"sallyport.{name}"))];
        _ = new ScrapeMetrics(meters);
        _ = new IntakeMetrics(meters);
        _ = new DeviceMetrics(meters);
        _ = new AlarmMetrics(meters, new AlarmBoard());
        _ = new DeliveryMetrics(meters, new StatusBoard());
        _ = new AuditMetrics(meters);
        Assert.All(counters, counter =>
        {
            Assert.NotEmpty(counter.GetMeasurementSnapshot());
            Assert.All(counter.GetMeasurementSnapshot(), one => Assert.Equal(0, one.Value));
            counter.Dispose();
        });
    }

    [Fact]
    public async Task The_gauges_show_the_picture()
    {
        using var bench = new GatewayBench();
        using var state = new MetricCollector<int>(bench.Meters, ScrapeMetrics.MeterName, "sallyport.delivery.state");
        using var age = new MetricCollector<double>(bench.Meters, ScrapeMetrics.MeterName, "sallyport.delivery.age");
        using var modules = new MetricCollector<int>(bench.Meters, ScrapeMetrics.MeterName, "sallyport.module.condition");
        using var open = new MetricCollector<int>(bench.Meters, ScrapeMetrics.MeterName, "sallyport.alarm.open");
        age.RecordObservableInstruments();
        Assert.Empty(age.GetMeasurementSnapshot());
        await bench.LiveAsync(seconds: 30);
        bench.Gateway.Reader.IsUp = false;
        _ = await bench.LiveUntilAsync(() => bench.Status.Alarms.Length == 1, most: 40);
        state.RecordObservableInstruments();
        age.RecordObservableInstruments();
        modules.RecordObservableInstruments();
        open.RecordObservableInstruments();
        Assert.Equal("Delivering", Assert.Single(state.GetMeasurementSnapshot(), one => one.Value == 1).Tags["state"]);
        Assert.InRange(Assert.Single(age.GetMeasurementSnapshot()).Value, 0, 40);
        Assert.Contains(modules.GetMeasurementSnapshot(), one => one.Tags["module"] is "ModbusReader" && one.Tags["condition"] is "Missing");
        Assert.Equal("High", Assert.Single(open.GetMeasurementSnapshot(), one => one.Value == 1).Tags["severity"]);
    }

    private double Sum(string counter, string? label = null, string? value = null) =>
        _counters[counter].GetMeasurementSnapshot().Where(one => label is null || string.Equals((string)one.Tags[label]!, value, StringComparison.Ordinal)).Sum(one => one.Value);
}
