using Microsoft.Extensions.Logging;
using Sallyport.Identity;
using Sallyport.IotHub.Session;

namespace Sallyport.IotHub.Lifecycle;

/// <summary>Logs, counts and reports what happens to the connection, and decides when the waits between attempts start over.</summary>
internal sealed partial class ConnectionJournal(
    string address,
    HubConnectionOptions options,
    HubConnectionMetrics metrics,
    IncidentFeed incidents,
    ReconnectDelay delay,
    MonotonicClock clock,
    ILogger<ConnectionJournal> logger)
{
    // A connection that held this long was a good one.
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);

    private readonly RefusalWatch _refusals = new();
    private readonly TakeoverWatch _takeovers = new();
    private TimeSpan _openedAt;

    /// <summary>Something happened that the loop acts upon.</summary>
    public void Happened(ConnectionNotice notice)
    {
        switch (notice.Outcome)
        {
            case OpenOutcome.Opened:
                Opened();
                break;
            case OpenOutcome.Unauthorized unauthorized:
                NotConnected(unauthorized.Reason);
                Unauthorized(unauthorized.Reason);
                break;
            case OpenOutcome.Untrusted untrusted:
                NotConnected(untrusted.Verdict.Detail);
                Untrusted(untrusted.Verdict);
                break;
            case OpenOutcome.Failed failed:
                NotConnected(failed.Reason);
                break;
            case null when notice.Event == ConnectionEvent.Stalled:
                Stalled();
                break;
            default:
                break;
        }
    }

    /// <summary>A connection that was open has ended.</summary>
    public void Ended(CloseReason reason)
    {
        TimeSpan lived = clock.Now - _openedAt;
        metrics.Disconnected(reason);
        LogDisconnected(address, reason, lived.TotalSeconds);
        if (lived >= Steady)
        {
            delay.Reset();
        }

        if (reason != CloseReason.Lost)
        {
            _takeovers.Calm();
            return;
        }

        (bool isTakeover, bool isReported) = _takeovers.Closed(lived);
        if (isTakeover)
        {
            metrics.TakenOver();
        }

        if (isReported)
        {
            incidents.Raise(
                HubIncidentKind.Takeover,
                $"{address} lets us in and closes us again and again: most likely another client uses our identity, else the broker cannot store.");
        }
    }

    /// <summary>We wait before the next attempt.</summary>
    public void Waiting(TimeSpan time) => LogWaiting(time.TotalSeconds);

    private void Opened()
    {
        _openedAt = clock.Now;
        _refusals.Opened();
        metrics.Connected();
        LogConnected(address);
    }

    private void NotConnected(string reason)
    {
        _takeovers.Calm();
        LogNotConnected(address, reason);
    }

    private void Unauthorized(string reason)
    {
        metrics.AuthenticationFailed();
        if (_refusals.Unauthorized() is { } count)
        {
            incidents.Raise(
                HubIncidentKind.AuthenticationFailures, $"{address} refused our credentials {count} times in a row: {reason}.");
        }
    }

    private void Untrusted(CertificateVerdict.Refused verdict)
    {
        if (_refusals.Untrusted(verdict.Fault))
        {
            incidents.Raise(HubIncidentKind.CertificateRefused, $"{address} is not trusted ({verdict.Fault}). {verdict.Detail}");
        }
    }

    private void Stalled()
    {
        int seconds = (int)options.WatchdogLimit.TotalSeconds;
        LogStalled(seconds);
        metrics.WatchdogRestarted();
        incidents.Raise(
            HubIncidentKind.WatchdogRestart, $"{address} acknowledged nothing for {seconds} s while something was undelivered.");
    }

    [LoggerMessage(3000, LogLevel.Information, "Connected to {Address}.")]
    private partial void LogConnected(string address);

    [LoggerMessage(3001, LogLevel.Warning, "No connection to {Address}: {Reason}.")]
    private partial void LogNotConnected(string address, string reason);

    [LoggerMessage(3002, LogLevel.Information, "Disconnected from {Address} after {Seconds:0.0} s: {Reason}.")]
    private partial void LogDisconnected(string address, CloseReason reason, double seconds);

    [LoggerMessage(3003, LogLevel.Information, "Next attempt to connect in {Seconds:0.0} s.")]
    private partial void LogWaiting(double seconds);

    [LoggerMessage(3004, LogLevel.Warning, "No data acknowledged by broker in {Seconds}s, restarting connection")]
    private partial void LogStalled(int seconds);
}
