using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;
using Sallyport.Watchdog.Events;

namespace Sallyport.Watchdog.Alarms;

/// <summary>Tells people of alarms: log, events, counters, the list of last events.</summary>
internal sealed partial class AlarmTale(ModuleEvents events, RecentEvents recent, AlarmMetrics metrics, ILogger<AlarmTale> logger)
{
    /// <summary>An alarm was raised or is over.</summary>
    public void Changed(AlarmChange change, DateTimeOffset at)
    {
        Status.Alarm alarm = change.Alarm;
        if (change.IsOpen)
        {
            metrics.Raised(alarm.Severity);
            if (alarm.Severity >= EventSeverity.High)
            {
                LogUrgent(alarm.Id, alarm.Severity, alarm.Title, alarm.Remedy);
            }
            else
            {
                LogRaised(alarm.Id, alarm.Severity, alarm.Title, alarm.Remedy);
            }

            events.Security("AlarmRaised", alarm.Severity, alarm.Title, Details(alarm.Id).Add("remedy", PointValue.FromText(alarm.Remedy)));
            recent.Add(at, alarm.Severity, alarm.Title);
            return;
        }

        var seconds = Math.Round(change.Stood.TotalSeconds);
        LogOver(alarm.Id, seconds, alarm.Since);
        var title = string.Create(CultureInfo.InvariantCulture, $"Over after {seconds:0} s: {alarm.Title}");
        events.Security("AlarmCleared", EventSeverity.Informational, title, Details(alarm.Id).Add("seconds", PointValue.FromDouble(seconds)));
        recent.Add(at, EventSeverity.Informational, title);
    }

    /// <summary>Somebody says that they know.</summary>
    public void Acknowledged(IReadOnlyCollection<string> ids, string? by, DateTimeOffset at)
    {
        metrics.Acknowledged(ids.Count);
        foreach (var id in ids)
        {
            LogAcknowledged(id, by ?? "nobody named");
            events.Audit("AlarmAcknowledged", EventSeverity.Informational, $"Somebody knows of the alarm {id}.", Details(id).Add("actor", PointValue.FromText(by ?? "")));
            recent.Add(at, EventSeverity.Informational, $"The alarm {id} was acknowledged.");
        }
    }

    /// <summary>Acknowledgements are not on the disk.</summary>
    public void NotStored(string reason)
    {
        metrics.StoreFailed();
        LogNotStored(reason);
    }

    private static ImmutableSortedDictionary<string, PointValue> Details(string id) => ModuleEvents.None.Add("alarm", PointValue.FromText(id));

    [LoggerMessage(7000, LogLevel.Error, "Alarm {Alarm} ({Severity}): {Title} {Remedy}")]
    private partial void LogUrgent(string alarm, EventSeverity severity, string title, string remedy);

    [LoggerMessage(7001, LogLevel.Warning, "Alarm {Alarm} ({Severity}): {Title} {Remedy}")]
    private partial void LogRaised(string alarm, EventSeverity severity, string title, string remedy);

    [LoggerMessage(7002, LogLevel.Information, "Alarm {Alarm} is over after {Seconds} s; it began at {Since}")]
    private partial void LogOver(string alarm, double seconds, DateTimeOffset since);

    [LoggerMessage(7003, LogLevel.Information, "Alarm {Alarm} was acknowledged by {By}")]
    private partial void LogAcknowledged(string alarm, string by);

    [LoggerMessage(7004, LogLevel.Warning, "Acknowledgements cannot be stored, so the alarms sound again after a restart: {Reason}")]
    private partial void LogNotStored(string reason);
}
