using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>Encrypted as is right today.</summary>
internal sealed class TlsVersion : PostureCheck
{
    public override string Id => "tls-version";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The connection to edgeHub uses TLS 1.2 or 1.3.";

    public override string Iec62443 => "SR 3.1, SR 4.1, SR 4.3";

    public override string Nist80082 => "SC-8, SC-13";

    public override string Remedy => "Look for a proxy between the modules and edgeHub, and take it away: the modules themselves offer nothing older.";

    public override PostureVerdict Judge(PostureEvidence evidence, PosturePolicy policy) => evidence.Gateway.Link switch
    {
        null => PostureVerdict.CannotTell("No connection to edgeHub could be made to be looked at."),
        { Protocol: "" } => PostureVerdict.CannotTell("The handshake with edgeHub did not come to an end."),
        { Protocol: "Tls12" or "Tls13" } link => PostureVerdict.Pass($"{link.Protocol} was agreed with edgeHub."),
        { } link => PostureVerdict.Fail($"{link.Protocol} was agreed with edgeHub."),
    };
}
