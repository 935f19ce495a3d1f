using Microsoft.Extensions.Logging.Testing;
using Sallyport.Acquisition;
using Sallyport.Acquisition.Health;
using Sallyport.Acquisition.Tests;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.ModbusReader.Tests.Health;

public sealed class ClockWorkerTests
{
    // facts 6.34
    [Fact(Timeout = 30_000)]
    public async Task A_clock_that_was_set_is_in_the_log_and_an_event_that_fits_the_schema()
    {
        using var meters = new TestMeters();
        var time = new SteppedTime();
        var events = new RecordedEvents();
        var log = new FakeLogger<ClockWorker>();
        using var worker = new ClockWorker(
            new ClockWatch(ClockWorker.Tolerance, time),
            new ModuleEvents(events, new ModuleIdentity("gw-0001", "ModbusReader", "hub.example", "1"), time),
            new AcquisitionMetrics(meters),
            time,
            log);
        time.Advance(ClockWorker.Interval);
        worker.Look();
        Assert.Empty(events.Raised);

        await worker.StartAsync(TestContext.Current.CancellationToken);
        time.Step = TimeSpan.FromHours(-1);
        while (events.Raised.IsEmpty)
        {
            time.Advance(ClockWorker.Interval);
            await Task.Yield();
        }

        await worker.StopAsync(TestContext.Current.CancellationToken);
        SecurityEvent raised = Assert.Single(events.Raised);
        Assert.Equal((EventKind.Security, "HostClockStepped", "-3600"), (raised.Kind, raised.EventType, raised.Details["stepInSeconds"].ToString()));
        MessageSchema.Validate(TelemetryMessage.Of(raised));
        Assert.Equal((1230, "The clock of the host was set by -3600 s: times before and after that do not belong together"), (log.LatestRecord.Id.Id, log.LatestRecord.Message));
    }
}
