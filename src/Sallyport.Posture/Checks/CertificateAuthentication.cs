using Sallyport.Posture.Report;
using Sallyport.Telemetry;

namespace Sallyport.Posture.Checks;

/// <summary>No shared secret.</summary>
internal sealed class CertificateAuthentication : HostCheck<RuntimeFacts>
{
    public override string Id => "certificate-authentication";

    public override EventSeverity Severity => EventSeverity.High;

    public override string Demand => "The gateway proves who it is with a certificate or a TPM.";

    public override string Iec62443 => "SR 1.2, SR 1.9";

    public override string Nist80082 => "IA-3";

    public override string Remedy => "Provision the gateway with an X.509 certificate: docs/operations/certificates.md.";

    private protected override Section<RuntimeFacts> SectionOf(HostReport report) => report.Runtime;

    private protected override PostureVerdict Judge(RuntimeFacts found, PosturePolicy policy, DateTimeOffset at) => found.Attestation switch
    {
        null => PostureVerdict.CannotTell("The configuration of the Edge daemon does not say how the gateway proves who it is."),
        "x509" or "tpm" => PostureVerdict.Pass($"The Edge daemon is provisioned with {found.Attestation}."),
        _ => PostureVerdict.Fail($"The Edge daemon is provisioned with {found.Attestation}, a secret that can be copied."),
    };
}
