using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class AcquisitionMetricsTests
{
    [Fact]
    public void Polls_are_counted_from_zero()
    {
        using var meters = new TestMeters();
        using var polls = Collect("sallyport.poll.polls");
        using var overruns = Collect("sallyport.poll.overruns");
        using var skipped = Collect("sallyport.poll.skipped");
        using var badPoints = Collect("sallyport.poll.bad_points");
        using var duration = new MetricCollector<double>(meters, AcquisitionMetrics.MeterName, "sallyport.poll.duration");
        var metrics = new AcquisitionMetrics(meters);
        Assert.All([polls, overruns, skipped, badPoints], counter => Assert.Equal(0, Assert.Single(counter.GetMeasurementSnapshot()).Value));

        metrics.Polled(TimeSpan.FromMilliseconds(250), badPoints: 4);
        metrics.Overran(dueTimes: 3);
        metrics.PollSkipped(badPoints: 2);

        Assert.Equal(1, polls.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(3, overruns.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(1, skipped.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(6, badPoints.GetMeasurementSnapshot().EvaluateAsCounter());
        Assert.Equal(0.25, Assert.Single(duration.GetMeasurementSnapshot()).Value);

        MetricCollector<long> Collect(string name) => new(meters, AcquisitionMetrics.MeterName, name);
    }

    [Fact]
    public void A_device_has_the_state_that_it_is_in_and_none_when_it_is_no_longer_asked()
    {
        using var meters = new TestMeters();
        using var states = new MetricCollector<int>(meters, AcquisitionMetrics.MeterName, "sallyport.device.state");
        var metrics = new AcquisitionMetrics(meters);
        foreach (DeviceState state in (ReadOnlySpan<DeviceState>)[DeviceState.Starting, DeviceState.Online, DeviceState.Degraded, DeviceState.Offline, DeviceState.Stopped])
        {
            metrics.DeviceMoved(new DeviceStatus("chiller-1", "modbus-tcp", "session", state, DateTimeOffset.UnixEpoch));
            states.RecordObservableInstruments();
        }

        Assert.Equal(
            [("chiller-1", "starting", 1), ("chiller-1", "online", 1), ("chiller-1", "degraded", 1), ("chiller-1", "offline", 1)],
            states.GetMeasurementSnapshot().Select(one => ((string)one.Tags["source"]!, (string)one.Tags["state"]!, one.Value)));
    }

    [Fact]
    public void Frames_are_counted_by_device_from_zero()
    {
        using var meters = new TestMeters();
        using var frames = new MetricCollector<long>(meters, AcquisitionMetrics.MeterName, "sallyport.device.frames");
        var metrics = new AcquisitionMetrics(meters);
        metrics.DeviceMoved(new DeviceStatus("chiller-1", "modbus-tcp", "session", DeviceState.Starting, DateTimeOffset.UnixEpoch));
        metrics.FrameMade("chiller-1");
        Assert.Equal([("chiller-1", 0L), ("chiller-1", 1L)], frames.GetMeasurementSnapshot().Select(one => ((string)one.Tags["source"]!, one.Value)));
    }

    [Fact]
    public void The_counters_of_an_outbox_exist_from_its_beginning()
    {
        using var meters = new TestMeters();
        string[] names = ["dropped", "published", "retries", "depth", "size"];
        MetricCollector<long>[] collectors =
            [.. names.Select(name => new MetricCollector<long>(meters, AcquisitionMetrics.MeterName, $"sallyport.outbox.{name}"))];
        _ = new Outbox("status", capacityInBytes: 1000, new AcquisitionMetrics(meters));
        Assert.All(collectors, collector =>
        {
            CollectedMeasurement<long> first = Assert.Single(collector.GetMeasurementSnapshot());
            Assert.Equal(0, first.Value);
            Assert.Equal("status", first.Tags["output"]);
            collector.Dispose();
        });
    }
}
