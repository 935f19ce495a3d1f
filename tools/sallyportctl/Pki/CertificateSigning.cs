using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Ctl.Pki;

/// <summary>Signs and remembers. The register is on the disk before the certificate leaves: what nobody remembers nobody can revoke.</summary>
internal sealed class CertificateSigning(AuthorityFolder folder, SigningAuthority authority, TimeProvider time)
{
    private AuthorityFolder _folder = folder;

    /// <summary>Certifies a request.</summary>
    /// <exception cref="WrongUsageException">The authority refuses it.</exception>
    public async Task<X509Certificate2> IssueAsync(SigningRequest request, IssueOrder order, CancellationToken stop)
    {
        IssueOutcome outcome = authority.Issue(request, order);
        if (outcome is not IssueOutcome.Issued { Certificate: var certificate })
        {
            throw new WrongUsageException($"Nothing was signed. {((IssueOutcome.Refused)outcome).Reason}");
        }

        var line = new RegisteredCertificate(
            certificate.SerialNumber, order.Profile.Name, certificate.Subject, new DateTimeOffset(certificate.NotAfter.ToUniversalTime()), time.GetUtcNow());
        _folder = await _folder.SaveAsync(_folder.Record with { Certificates = [.. _folder.Record.Certificates, line] }, stop);
        return certificate;
    }
}
