using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.SecureBuffer.Delivery;
using Sallyport.Telemetry;

namespace Sallyport.SecureBuffer.Decommissioning;

/// <summary>
/// Leaves a trace of each step. While there are rings it goes through them, sealed; from the confirmation on there are none, and it goes to edgeHub straight away,
/// without a seal, if edgeHub can be reached. The log has all of it in any case.
/// </summary>
internal sealed partial class DecommissionAudit(
    IEventSink events, IHubConnection hub, ModuleIdentity identity, TimeProvider time, ILogger<DecommissionAudit> logger)
{
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    public void Challenged(long records)
    {
        LogChallenged(records, ChallengeBook.Life.TotalSeconds);
        events.Raise(Event("DecommissionChallenge", EventSeverity.Medium, "Somebody asked what a decommission would destroy, and got a challenge.", Records(records)));
    }

    public void Refused(string reason)
    {
        LogRefused(reason);
        events.Raise(Event("DecommissionRefused", EventSeverity.High, "A call of decommission was refused.", Details().Add("reason", PointValue.FromText(reason))));
    }

    public Task ConfirmedAsync(long records)
    {
        LogConfirmed(records);
        return TellAsync(Event("DecommissionConfirmed", EventSeverity.High, "The decommission was confirmed: the rings are being destroyed.", Records(records)));
    }

    public void Wiped(FileWipe wipe) => LogWiped(
        wipe.Ring, $"{wipe.Report.Buffer:x32}", wipe.Report.LastSeq, wipe.Report.UnsentRecords, wipe.Report.Bytes, wipe.Report.WasResumed);

    /// <summary>A run has ended.</summary>
    /// <returns>Whether edgeHub knows.</returns>
    public Task<bool> EndedAsync(DecommissionReport report)
    {
        foreach (var fault in report.Faults)
        {
            LogFault(fault);
        }

        return TellEndAsync(report);
    }

    /// <summary>Tells edgeHub how a run has ended.</summary>
    /// <returns>Whether it knows.</returns>
    public Task<bool> TellEndAsync(DecommissionReport report) => report.IsComplete
        ? TellAsync(Event("Decommissioned", EventSeverity.High, "The rings are destroyed.", Records(report.UnsentRecords)))
        : TellAsync(Event("DecommissionInterrupted", EventSeverity.High, "The rings are not destroyed yet.", Details().Add("reason", PointValue.FromText(report.Faults[0]))));

    private async Task<bool> TellAsync(SecurityEvent said)
    {
        using var limit = new CancellationTokenSource(SendLimit, time);
        try
        {
            return await hub.SendAsync(Courier.Output, TelemetryMessage.Of(said), limit.Token) is SendOutcome.Acknowledged;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }

    private SecurityEvent Event(string type, EventSeverity severity, string title, ImmutableSortedDictionary<string, PointValue> details) => new()
    {
        EventId = SessionId.New(time, RandomNumberGenerator.Fill),
        Kind = EventKind.Audit,
        TimeGenerated = time.GetUtcNow(),
        ModuleId = identity.ModuleId,
        EventType = type,
        Severity = severity,
        Title = title,
        Details = details,
    };

    private static ImmutableSortedDictionary<string, PointValue> Details() => ImmutableSortedDictionary.Create<string, PointValue>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, PointValue> Records(long records) => Details().Add("unsentRecords", PointValue.FromInt64(records));

    [LoggerMessage(2600, LogLevel.Warning, "Somebody asked what a decommission would destroy: {Records} records now. The challenge is good for {Seconds} s.")]
    private partial void LogChallenged(long records, double seconds);

    [LoggerMessage(2601, LogLevel.Warning, "A call of decommission is refused: {Reason}")]
    private partial void LogRefused(string reason);

    [LoggerMessage(2602, LogLevel.Warning, "The decommission is confirmed: {Records} records that are not proven to have arrived are destroyed with the rings. Nothing is taken from edgeHub any more.")]
    private partial void LogConfirmed(long records);

    [LoggerMessage(2603, LogLevel.Warning, "The ring {Ring} ({Buffer}) is destroyed: last number {LastSeq}, {Records} records not proven to have arrived, {Bytes} bytes overwritten and read back; resumed: {WasResumed}.")]
    private partial void LogWiped(string ring, string buffer, long lastSeq, long records, long bytes, bool wasResumed);

    [LoggerMessage(2604, LogLevel.Error, "The decommission is not complete: {Fault}. It goes on at the next call of decommission and at the next start.")]
    private partial void LogFault(string fault);
}
