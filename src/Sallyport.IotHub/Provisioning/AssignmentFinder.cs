using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Where the device of the direct uplink belongs: as it was the last time, or as the provisioning service says now.</summary>
internal sealed partial class AssignmentFinder(
    IDeviceProvisioner provisioner, AssignmentStore store, DirectUplinkMetrics metrics, ILogger<AssignmentFinder> logger)
{
    /// <summary>Finds the assignment.</summary>
    /// <param name="own">Ours, the best first.</param>
    /// <param name="isAnew">Ask the service even if the last assignment was made with our best certificate.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FoundAssignment> FindAsync(ImmutableArray<DeviceCertificate> own, bool isAnew, CancellationToken cancellationToken)
    {
        (HubAssignment? last, string thumbprint, string reason) = await store.LoadAsync(cancellationToken);
        if (last is not null && !isAnew && string.Equals(thumbprint, own[0].Thumbprint, StringComparison.Ordinal))
        {
            return new FoundAssignment(last, own[0]);
        }

        LogRegistering(own[0].CommonName, last is null ? reason : "The last assignment is asked for again.");
        ProvisioningOutcome outcome = await provisioner.RegisterAsync(own, cancellationToken);
        metrics.Registered(outcome);
        switch (outcome)
        {
            case ProvisioningOutcome.Assigned assigned:
                if (!ReferenceEquals(assigned.Certificate, own[0]))
                {
                    metrics.FellBack();
                    LogFellBack(own[0].ToString(), assigned.Certificate.ToString());
                }

                LogAssigned(assigned.Assignment.HubHostName, assigned.Assignment.DeviceId, assigned.Change);
                if (await store.SaveAsync(assigned.Assignment, assigned.Certificate.Thumbprint, cancellationToken) is { } notSaved)
                {
                    LogNotStored(notSaved);
                }

                return new FoundAssignment(assigned.Assignment, assigned.Certificate);
            case ProvisioningOutcome.Unreachable or ProvisioningOutcome.Busy when last is not null:
                LogFromStore(WordsOf(outcome), last.HubHostName, last.DeviceId);
                return new FoundAssignment(last, own.FirstOrDefault(one => string.Equals(one.Thumbprint, thumbprint, StringComparison.Ordinal)) ?? own[0]) { Words = WordsOf(outcome) };
            default:
                LogNoAssignment(WordsOf(outcome));
                return new FoundAssignment(null, own[0])
                {
                    Words = WordsOf(outcome),
                    IsRefused = outcome is not (ProvisioningOutcome.Unreachable or ProvisioningOutcome.Busy),
                    RetryAfter = outcome is ProvisioningOutcome.Busy busy ? busy.RetryAfter : TimeSpan.Zero,
                };
        }
    }

    private static string WordsOf(ProvisioningOutcome outcome) => outcome switch
    {
        ProvisioningOutcome.Disabled => ProvisioningOutcome.Disabled.Words,
        ProvisioningOutcome.Failed failed => failed.Words,
        ProvisioningOutcome.Unauthorized unauthorized => unauthorized.Words,
        ProvisioningOutcome.Unreachable unreachable => unreachable.Words,
        ProvisioningOutcome.Busy busy => busy.Words,
        _ => "",
    };

    [LoggerMessage(3400, LogLevel.Information, "Registering {RegistrationId} at the provisioning service. {Reason}")]
    private partial void LogRegistering(string registrationId, string reason);

    [LoggerMessage(3401, LogLevel.Information, "The provisioning service assigns us to {Hub} as {Device} ({Change}).")]
    private partial void LogAssigned(string hub, string device, AssignmentChange change);

    [LoggerMessage(3402, LogLevel.Warning, "The provisioning service gives us no hub: {Reason}.")]
    private partial void LogNoAssignment(string reason);

    [LoggerMessage(3403, LogLevel.Warning, "The provisioning service is of no help ({Reason}); the last assignment holds: {Hub}, {Device}.")]
    private partial void LogFromStore(string reason, string hub, string device);

    [LoggerMessage(3405, LogLevel.Error, "The provisioning service refuses our {Current} and takes the one before, {Previous}: find out why before that one expires.")]
    private partial void LogFellBack(string current, string previous);

    [LoggerMessage(3404, LogLevel.Warning, "The assignment cannot be stored: {Reason} A start without the provisioning service will not work.")]
    private partial void LogNotStored(string reason);
}
