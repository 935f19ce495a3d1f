using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.Acquisition.Health;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.ModbusReader.Tests;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

/// <summary>A host whose clock is set while the reader runs (facts 6.34).</summary>
public sealed class ClockTests
{
    private readonly SteppedTime _time = new();

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Times_inside_a_round_keep_their_distances_whatever_is_done_to_the_host(int seconds)
    {
        var clock = new RoundClock(_time);
        clock.Begin();
        DateTimeOffset first = clock.Now;
        _time.Step = TimeSpan.FromSeconds(seconds);
        _time.Advance(TimeSpan.FromMilliseconds(30));
        Assert.Equal(first + TimeSpan.FromMilliseconds(30), clock.Now);
        clock.Begin();
        Assert.Equal(_time.GetUtcNow(), clock.Now);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(0.6)]
    [InlineData(-0.6)]
    public void A_step_is_seen_once_and_counted(double seconds)
    {
        using var meters = new TestMeters();
        using var steps = new MetricCollector<long>(meters, AcquisitionMetrics.MeterName, "sallyport.clock.steps");
        var sink = new RecordedEvents();
        var events = new ModuleEvents(sink, new ModuleIdentity("gw-0001", "ModbusReader", "hub.example", "1"), _time);
        using var worker = new ClockWorker(new ClockWatch(ClockWorker.Tolerance, _time), events, new AcquisitionMetrics(meters), _time, NullLogger<ClockWorker>.Instance);
        Assert.Equal(0, Assert.Single(steps.GetMeasurementSnapshot()).Value);
        _time.Advance(TimeSpan.FromHours(1));
        worker.Look();
        _time.Step = TimeSpan.FromSeconds(seconds);
        _time.Advance(ClockWorker.Interval);
        worker.Look();
        _time.Advance(ClockWorker.Interval);
        worker.Look();
        SecurityEvent told = Assert.Single(sink.Raised);
        Assert.Equal(("HostClockStepped", PointValue.FromDouble(seconds)), (told.EventType, told.Details["stepInSeconds"]));
        Assert.Equal(1, steps.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public void The_small_changes_of_time_synchronisation_are_none()
    {
        var watch = new ClockWatch(ClockWorker.Tolerance, _time);
        for (int i = 0; i < 100; i++)
        {
            _time.Step += TimeSpan.FromMilliseconds(50);
            _time.Advance(ClockWorker.Interval);
            Assert.False(watch.HasStepped(out _));
        }
    }
}
