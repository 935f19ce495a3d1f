using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Pinning is in effect: tried, not read.</summary>
internal sealed class TrustPinned : PostureCheck
{
    public override string Id => "trust-pinned";

    public override EventSeverity Severity => EventSeverity.Critical;

    public override string Demand => "Modules trust edgeHub by the plant's own roots and by nothing else.";

    public override string Iec62443 => "SR 1.8, SR 1.9";

    public override string Nist80082 => "SC-17, IA-3";

    public override string Remedy => "Give the Edge daemon the plant's root as trust_bundle_cert, and stop whatever stands between the modules and edgeHub.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy) => evidence.Gateway.Link switch
    {
        null => PostureVerdict.CannotTell("No connection to edgeHub could be made to be looked at."),
        { RefusesOtherRoot: false } => PostureVerdict.Fail("A root that is not the plant's was taken for good."),
        { IsTrusted: false } => PostureVerdict.Fail("The certificate that edgeHub shows does not end in a root of the trust bundle."),
        _ => PostureVerdict.Pass("edgeHub's certificate ends in a root of the trust bundle, and was refused with another root."),
    };
}
