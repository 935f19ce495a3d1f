using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Health;

/// <summary>Tells when the host's clock was set: the times of the frames before and after it do not belong together.</summary>
/// <param name="watch">Knows how far the clock should have come.</param>
/// <param name="events">Told of each step.</param>
/// <param name="metrics">Counts them.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of each step.</param>
public sealed partial class ClockWorker(
    ClockWatch watch, ModuleEvents events, AcquisitionMetrics metrics, TimeProvider time, ILogger<ClockWorker> logger) : BackgroundService
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What is not told from the imprecision of reading two clocks.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks once.</summary>
    public void Look()
    {
        if (!watch.HasStepped(out TimeSpan step))
        {
            return;
        }

        metrics.ClockStepped();
        LogStepped(step.TotalSeconds);
        events.Security(
            "HostClockStepped",
            EventSeverity.Low,
            "The clock of the host was set to another time.",
            ModuleEvents.None.Add("stepInSeconds", PointValue.FromDouble(step.TotalSeconds)));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    [LoggerMessage(1230, LogLevel.Warning, "The clock of the host was set by {StepInSeconds} s: times before and after that do not belong together")]
    private partial void LogStepped(double stepInSeconds);
}
