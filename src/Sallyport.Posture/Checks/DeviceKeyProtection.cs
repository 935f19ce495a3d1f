using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Keys cannot be copied.</summary>
internal sealed class DeviceKeyProtection : PostureCheck
{
    public override string Id => "device-keys";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The gateway's own keys are in a TPM or a hardware token.";

    public override string Iec62443 => "SR 1.5 RE 1, SR 1.9 RE 1";

    public override string Nist80082 => "SC-12, IA-5";

    public override string Remedy => "Give SecureBuffer the TPM or the token of the gateway: DeviceKey in docs/operations/secure-buffer.md.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy)
    {
        if (evidence.Gateway.DeviceKeys is not { } keys)
        {
            return PostureVerdict.CannotTell("SecureBuffer does not say where its keys are.");
        }

        return keys.IsEmpty
            ? PostureVerdict.Fail("SecureBuffer has no key of the gateway.")
            : PostureVerdict.Of(
                [.. keys.Where(key => key.IsSteppedDown || key.Protection is not ("hardware" or "token")).Select(Wrong)],
                $"{string.Join(", ", keys.Select(key => $"{key.Key}: {key.Protection}"))}.");
    }

    private static string Wrong(DeviceKeyFact key) =>
        key.IsSteppedDown ? $"the key {key.Key} is not in the preferred provider ({key.Protection})" : $"the key {key.Key} is protected by {key.Protection} only";
}
