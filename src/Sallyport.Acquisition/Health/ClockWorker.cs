using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.Telemetry;

namespace Sallyport.Acquisition.Health;

/// <summary>Tells when the host's clock was set: the times of the frames before and after it do not belong together.</summary>
/// <param name="watch">Knows how far the clock should have come.</param>
/// <param name="events">Told of each step.</param>
/// <param name="identity">Of this module.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of each step.</param>
public sealed partial class ClockWorker(
    ClockWatch watch, IEventSink events, ModuleIdentity identity, TimeProvider time, ILogger<ClockWorker> logger) : BackgroundService
{
    /// <summary>Looks once.</summary>
    public void Look()
    {
        if (!watch.HasStepped(out TimeSpan step))
        {
            return;
        }

        LogStepped(step.TotalSeconds);
        events.Raise(new SecurityEvent
        {
            EventId = SessionId.New(time, RandomNumberGenerator.Fill),
            Kind = EventKind.Security,
            TimeGenerated = time.GetUtcNow(),
            ModuleId = identity.ModuleId,
            EventType = "HostClockStepped",
            Severity = EventSeverity.Low,
            Title = "The clock of the host was set to another time.",
            Details = ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal)
                .Add("stepInSeconds", PointValue.FromDouble(step.TotalSeconds)),
        });
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ClockWatch.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
        }
    }

    [LoggerMessage(1230, LogLevel.Warning, "The clock of the host was set by {StepInSeconds} s: times before and after that do not belong together")]
    private partial void LogStepped(double stepInSeconds);
}
