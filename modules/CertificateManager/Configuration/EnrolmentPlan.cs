using Sallyport.Identity;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>How the gateway's own certificate is got and renewed.</summary>
/// <param name="DeviceId">Its common name and its DNS name.</param>
/// <param name="Server">The enrolment server, label included.</param>
/// <param name="RootsFile">PEM: the roots of the enrolment server and of the certificate itself.</param>
internal sealed record EnrolmentPlan(string DeviceId, Uri Server, string RootsFile)
{
    /// <summary>Speaks for us while there is no valid certificate; null for none.</summary>
    public BootstrapFiles? Bootstrap { get; init; }

    /// <summary>How long the certificate before is kept.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What is demanded of revocation lists, of the server and of the certificate itself.</summary>
    public RevocationPolicy Revocation { get; init; } = LinkProfile.EstServer.Revocation;

    /// <summary>Null has a new certificate proven by the enrolment server alone.</summary>
    public ProvisioningProof? Proof { get; init; }
}
