using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Configuration;
using Sallyport.Hosting.Events;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Watch;

/// <summary>Tells people what the watch sees: each thing once.</summary>
internal sealed partial class WatchTale(AlertLedger ledger, ModuleEvents events, WatchMetrics metrics, TimeProvider time, ILogger<WatchTale> logger)
{
    private readonly HashSet<string> _faults = new(StringComparer.Ordinal);
    private bool _isBehind;

    /// <summary>Tells of ends that came nearer, and of places that cannot be looked at.</summary>
    public async Task TellAsync(Survey survey, CancellationToken cancellationToken)
    {
        TellFaults(survey);
        DateTimeOffset now = time.GetUtcNow();
        var isNew = false;
        foreach (WatchedCertificate one in survey.Certificates)
        {
            ExpiryLevel level = ExpiryLevels.Of(one.NotBefore, one.NotAfter, now);
            if (one.IsInUse && ledger.IsNews(one, level))
            {
                isNew = true;
                Alert(one, level, now);
            }
        }

        if (isNew && await ledger.StoreAsync(cancellationToken) is { } fault)
        {
            metrics.LedgerFailed();
            LogLedger(fault);
        }
    }

    /// <summary>The time of day was set.</summary>
    public void ClockJumped(TimeSpan step)
    {
        metrics.ClockJumped();
        LogJump(Math.Round(step.TotalSeconds));
        events.Security(
            "ClockJump",
            EventSeverity.High,
            "The time of day was set by more than five minutes: whether certificates are good depends on it.",
            ModuleEvents.None.Add("stepSeconds", PointValue.FromDouble(Math.Round(step.TotalSeconds))));
    }

    /// <summary>The time of day is before something that is over, or is not any more.</summary>
    public void ClockBehind(TimeSpan? behind)
    {
        if (behind is { } by && !_isBehind)
        {
            LogBehind(Math.Round(by.TotalSeconds));
            events.Security(
                "ClockBehind",
                EventSeverity.High,
                "The time of day is before the moment at which the gateway's certificate was signed: set the clock.",
                ModuleEvents.None.Add("behindSeconds", PointValue.FromDouble(Math.Round(by.TotalSeconds))));
        }

        _isBehind = behind is not null;
    }

    private void Alert(WatchedCertificate one, ExpiryLevel level, DateTimeOffset now)
    {
        metrics.Alerted();
        var kind = WatchedKinds.WordFor(one.Kind);
        var days = Math.Round((one.NotAfter - now).TotalDays, 1);
        if (level is ExpiryLevel.Days30)
        {
            LogEnding(kind, one.Name, one.Subject, one.SerialNumber, one.NotAfter, days);
        }
        else
        {
            LogUrgent(kind, one.Name, one.Subject, one.SerialNumber, one.NotAfter, days);
        }

        events.Security(
            level is ExpiryLevel.Expired ? "CertificateExpired" : "CertificateEnding",
            ExpiryLevels.SeverityOf(level),
            level is ExpiryLevel.Expired ? $"The {kind} '{one.Name}' has ended." : $"The {kind} '{one.Name}' ends at {DateText.Of(one.NotAfter)}.",
            ModuleEvents.None
                .Add("kind", PointValue.FromText(kind))
                .Add("name", PointValue.FromText(one.Name))
                .Add("subject", PointValue.FromText(one.Subject))
                .Add("serialNumber", PointValue.FromText(one.SerialNumber))
                .Add("notAfter", PointValue.FromText(DateText.Of(one.NotAfter)))
                .Add("daysLeft", PointValue.FromDouble(days)));
    }

    private void TellFaults(Survey survey)
    {
        foreach (var fault in survey.Faults)
        {
            if (_faults.Add(fault))
            {
                LogFault(fault);
            }
        }

        _faults.IntersectWith(survey.Faults);
    }

    [LoggerMessage(6330, LogLevel.Warning, "The {Kind} {Name}, '{Subject}', {SerialNumber}, ends at {NotAfter}, in {Days} days")]
    private partial void LogEnding(string kind, string name, string subject, string serialNumber, DateTimeOffset notAfter, double days);

    [LoggerMessage(6331, LogLevel.Error, "The {Kind} {Name}, '{Subject}', {SerialNumber}, was not replaced in time and ends at {NotAfter}, in {Days} days")]
    private partial void LogUrgent(string kind, string name, string subject, string serialNumber, DateTimeOffset notAfter, double days);

    [LoggerMessage(6332, LogLevel.Warning, "A place with certificates cannot be looked at: {Reason}")]
    private partial void LogFault(string reason);

    [LoggerMessage(6333, LogLevel.Warning, "What people were told about certificates cannot be stored, so they are told again after a restart: {Reason}")]
    private partial void LogLedger(string reason);

    [LoggerMessage(6334, LogLevel.Error, "The time of day was set by {Seconds} s: whether certificates are good depends on it. Find out who did it")]
    private partial void LogJump(double seconds);

    [LoggerMessage(6335, LogLevel.Error, "The time of day is {Seconds} s before the moment at which the gateway's certificate was signed: set the clock")]
    private partial void LogBehind(double seconds);
}
