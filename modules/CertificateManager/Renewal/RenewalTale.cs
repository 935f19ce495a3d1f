using Microsoft.Extensions.Logging;
using Sallyport.CertificateManager.Watch;
using Sallyport.Hosting.Events;
using Sallyport.Identity.Renewal;
using Sallyport.Telemetry;

namespace Sallyport.CertificateManager.Renewal;

/// <summary>Tells people how a renewal goes: log, events, counters.</summary>
internal sealed partial class RenewalTale(ModuleEvents events, RenewalMetrics metrics, TimeProvider time, ILogger<RenewalTale> logger)
{
    private const int FailuresToReport = 3;
    private const double ShortestOverlapInDays = 7;

    /// <summary>A step is stored.</summary>
    public void Moved(RenewalJournal before, RenewalJournal after)
    {
        if (before.State != after.State)
        {
            LogMoved(before.State, after.State);
        }

        if (after.Failures > before.Failures)
        {
            metrics.Failed();
            LogFailed(after.Failures, after.Reason, after.Until);
        }

        if (before.Failures < FailuresToReport && after.Failures >= FailuresToReport)
        {
            events.Security(
                "RenewalFailing",
                EventSeverity.Medium,
                $"The gateway's certificate could not be renewed {after.Failures} times in a row.",
                ModuleEvents.None.Add("reason", PointValue.FromText(after.Reason)));
        }

        if (before.State is RenewalState.Proving && after.State is RenewalState.Overlap or RenewalState.Retiring)
        {
            Renewed(before, after);
        }

        GivenUp(before, after);
    }

    /// <summary>The keys were found.</summary>
    public void Found(KeySearch.Found found)
    {
        LogKeys(found.Provider.Name);
        if (found.PassedOver.Length > 0)
        {
            LogSteppedDown(found.Provider.Name, found.PassedOver);
            events.Security(
                "KeyProviderSteppedDown",
                EventSeverity.High,
                $"The identity's keys are in {found.Provider.Name}, which is not the provider that is preferred.",
                ModuleEvents.None.Add("reason", PointValue.FromText(found.PassedOver)));
        }

        if (found.IsKeyLost)
        {
            LogKeyLost();
            events.Security("IdentityKeyLost", EventSeverity.Critical, "The key of the gateway's certificate is gone; another certificate is asked for.", ModuleEvents.None);
        }
    }

    /// <summary>No step can be done.</summary>
    public void Blocked(string reason) => events.Security(
        "RenewalBlocked",
        EventSeverity.High,
        "The gateway's certificate cannot be renewed until somebody acts.",
        ModuleEvents.None.Add("reason", PointValue.FromText(reason)));

    private void Renewed(RenewalJournal before, RenewalJournal after)
    {
        metrics.Completed();
        if (!CertificateChain.TryRead(after.Active, out CertificateChain? chain))
        {
            return;
        }

        using (chain)
        {
            LogRenewed(chain.Leaf.Subject, chain.Leaf.SerialNumber, chain.NotAfter);
            events.Audit(
                "CertificateRenewed",
                EventSeverity.Informational,
                $"The gateway's certificate {chain.Leaf.SerialNumber} of '{chain.Leaf.Subject}' is in use.",
                ModuleEvents.None
                    .Add("serialNumber", PointValue.FromText(chain.Leaf.SerialNumber))
                    .Add("notAfter", PointValue.FromText(DateText.Of(chain.NotAfter))));
        }

        if (CertificateChain.TryRead(before.Active, out CertificateChain? old))
        {
            using (old)
            {
                TellShortOverlap(old.NotBefore, old.NotAfter);
            }
        }
    }

    // A certificate that is not used any more and still good: its key is gone or goes soon, and the list makes that known to everybody.
    private void GivenUp(RenewalJournal before, RenewalJournal after)
    {
        string[] kept = [after.Active, after.Next, after.Previous];
        foreach (var pem in (ReadOnlySpan<string>)[before.Active, before.Next, before.Previous])
        {
            if (pem.Length > 0 && !kept.Contains(pem, StringComparer.Ordinal) && CertificateChain.TryRead(pem, out CertificateChain? chain))
            {
                using (chain)
                {
                    TellSuperseded(chain);
                }
            }
        }
    }

    private void TellSuperseded(CertificateChain chain)
    {
        if (chain.NotAfter <= time.GetUtcNow())
        {
            return;
        }

        var serial = chain.Leaf.SerialNumber;
        LogSuperseded(chain.Leaf.Subject, serial, chain.NotAfter);
        events.Audit(
            "CertificateSuperseded",
            EventSeverity.Informational,
            $"The gateway does not use its certificate {serial} any more, which is good until {DateText.Of(chain.NotAfter)}: revoke it.",
            ModuleEvents.None
                .Add("serialNumber", PointValue.FromText(serial))
                .Add("issuer", PointValue.FromText(chain.Leaf.Issuer))
                .Add("notAfter", PointValue.FromText(DateText.Of(chain.NotAfter)))
                .Add("command", PointValue.FromText($"sallyportctl pki revoke FOLDER --serial {serial} --reason superseded --out LIST")));
    }

    private void TellShortOverlap(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        TimeSpan left = notAfter - time.GetUtcNow();
        if (left < ExpiryLevels.Scaled(ShortestOverlapInDays, notAfter - notBefore))
        {
            LogShort(Math.Round(left.TotalDays, 1));
            events.Security(
                "ShortOverlap",
                EventSeverity.Medium,
                "The gateway's certificate was renewed late: little of the life of the one before is left.",
                ModuleEvents.None.Add("daysLeft", PointValue.FromDouble(Math.Round(left.TotalDays, 2))));
        }
    }

    [LoggerMessage(6310, LogLevel.Debug, "Renewal: {From} to {To}")]
    private partial void LogMoved(RenewalState from, RenewalState to);

    [LoggerMessage(6311, LogLevel.Warning, "Renewal failed {Failures} times in a row: {Reason}. Tried again at {Until}")]
    private partial void LogFailed(int failures, string reason, DateTimeOffset? until);

    [LoggerMessage(6312, LogLevel.Information, "The gateway's certificate is {Subject}, {SerialNumber}, good until {NotAfter}")]
    private partial void LogRenewed(string subject, string serialNumber, DateTimeOffset notAfter);

    [LoggerMessage(6313, LogLevel.Error, "The certificate was renewed with {Days} days left of the one before: find out why it was late")]
    private partial void LogShort(double days);

    [LoggerMessage(6317, LogLevel.Information, "The certificate {Subject}, {SerialNumber}, good until {NotAfter}, is not used any more: revoke it as superseded")]
    private partial void LogSuperseded(string subject, string serialNumber, DateTimeOffset notAfter);

    [LoggerMessage(6314, LogLevel.Information, "The identity's keys are in {Provider}")]
    private partial void LogKeys(string provider);

    [LoggerMessage(6315, LogLevel.Error, "The identity's keys are in {Provider}, which is not the provider that is preferred. {Reasons}")]
    private partial void LogSteppedDown(string provider, string reasons);

    [LoggerMessage(6316, LogLevel.Error, "The key of the gateway's certificate is in no provider; another certificate is asked for")]
    private partial void LogKeyLost();
}
