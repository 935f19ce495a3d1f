using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>The name is compared: tried, not read.</summary>
internal sealed class HostNameChecked : PostureCheck
{
    public override string Id => "host-name-checked";

    public override EventSeverity Severity => EventSeverity.Critical;

    public override string Demand => "The name in edgeHub's certificate is checked.";

    public override string Iec62443 => "SR 1.8, SR 1.9";

    public override string Nist80082 => "SC-23, IA-3";

    public override string Remedy => "Report it: no configuration turns this check off. Do not use this build.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy) => evidence.Gateway.Link switch
    {
        null => PostureVerdict.CannotTell("No connection to edgeHub could be made to be looked at."),
        { RefusesOtherName: false } => PostureVerdict.Fail("edgeHub's certificate was accepted under a name that it does not have."),
        { IsTrusted: false } => PostureVerdict.CannotTell("edgeHub's certificate was refused under its own name as well."),
        _ => PostureVerdict.Pass("edgeHub's certificate was accepted under its own name, and refused under another."),
    };
}
