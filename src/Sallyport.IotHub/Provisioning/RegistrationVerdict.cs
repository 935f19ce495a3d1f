using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>What the last answer to a registration means.</summary>
internal static class RegistrationVerdict
{
    /// <summary>Judges an answer that ends a registration.</summary>
    public static ProvisioningOutcome Of(ProvisioningAnswer answer, RegistrationAnswer said, DeviceCertificate own)
    {
        int code = said.ErrorCode > 0 ? said.ErrorCode : answer.Status;
        return (answer.Status, said) switch
        {
            ( >= 200 and < 300, { Status: "assigned", Assignment: { } assignment }) => new ProvisioningOutcome.Assigned(assignment, own, said.Change, said.Payload),
            ( >= 200 and < 300, { Status: "disabled" }) => ProvisioningOutcome.Disabled.Instance,
            ( >= 200 and < 300, { ErrorCode: 0 }) => new ProvisioningOutcome.Failed(
                answer.Status, $"the service says '{said.Status}' and names neither a hub that can be used nor a reason: see the device's registration in the portal"),
            _ when ProvisioningErrors.StatusOf(code) == 401 => new ProvisioningOutcome.Unauthorized($"{ProvisioningErrors.For(code)} ({Reference(code, said)})"),
            _ => new ProvisioningOutcome.Failed(code, $"{ProvisioningErrors.For(code)} ({Reference(code, said)})"),
        };
    }

    private static string Reference(int code, RegistrationAnswer said) =>
        said.TrackingId.Length > 0 ? $"code {code}, tracking id {said.TrackingId}" : $"code {code}";
}
