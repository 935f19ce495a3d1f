using System.Globalization;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.Ctl.Provision;

/// <summary>Steps and ends of a registration in words.</summary>
internal static class ProvisionWords
{
    /// <summary>A step.</summary>
    public static string For(ProvisioningStep step) => step switch
    {
        ProvisioningStep.Connecting connecting => $"connect to {connecting.Host} with {connecting.Certificate}",
        ProvisioningStep.Connected => "connected; the service is trusted and let us in",
        ProvisioningStep.Registering registering => $"register {registering.RegistrationId}",
        ProvisioningStep.Assigning assigning => $"the service looks for a hub; ask again in {Seconds(assigning.Wait)} s",
        ProvisioningStep.Throttled throttled => $"the service has no time ({throttled.Code}); ask again in {Seconds(throttled.Wait)} s",
        ProvisioningStep.FallingBack back => $"refused: {back.Words}; now the certificate before",
        _ => step.ToString(),
    };

    /// <summary>The word for an outcome, for machines.</summary>
    public static string NameOf(ProvisioningOutcome outcome) => outcome switch
    {
        ProvisioningOutcome.Assigned => "assigned",
        ProvisioningOutcome.Disabled => "disabled",
        ProvisioningOutcome.Failed => "failed",
        ProvisioningOutcome.Unauthorized => "unauthorized",
        ProvisioningOutcome.Unreachable => "unreachable",
        _ => "busy",
    };

    /// <summary>What is wrong and what to do; empty for an assignment.</summary>
    public static string ReasonOf(ProvisioningOutcome outcome) => outcome switch
    {
        ProvisioningOutcome.Disabled => ProvisioningOutcome.Disabled.Words,
        ProvisioningOutcome.Failed failed => failed.Words,
        ProvisioningOutcome.Unauthorized unauthorized => unauthorized.Words,
        ProvisioningOutcome.Unreachable unreachable => unreachable.Words,
        ProvisioningOutcome.Busy busy => $"{busy.Words}; it wants to be left alone for {Seconds(busy.RetryAfter)} s",
        _ => "",
    };

    /// <summary>The word for what happened to the device's data.</summary>
    public static string For(AssignmentChange change) => change switch
    {
        AssignmentChange.InitialAssignment => "first assignment, or the same hub again",
        AssignmentChange.DataMigrated => "another hub; twin and state went along",
        AssignmentChange.DataReset => "another hub; the twin begins anew",
        _ => "the service does not say",
    };

    private static string Seconds(TimeSpan wait) => wait.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
