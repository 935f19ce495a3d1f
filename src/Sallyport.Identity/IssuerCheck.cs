using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Whether an authority in a chain may issue what it did. The chain builder looks too; this says what is wrong.</summary>
internal static class IssuerCheck
{
    private const string AnyExtendedKeyUsage = "2.5.29.37.0";

    /// <summary>The first fault in the issuers, or null.</summary>
    /// <param name="issuers">The leaf's issuer first, the root last.</param>
    /// <param name="profile">What the leaf is for.</param>
    /// <exception cref="CryptographicException">An extension cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Fault(IReadOnlyList<X509Certificate2> issuers, LinkProfile profile)
    {
        int below = profile.Peer == PeerKind.Authority ? 1 : 0;
        foreach (X509Certificate2 issuer in issuers)
        {
            if (Fault(issuer, below, profile) is { } fault)
            {
                return fault;
            }

            below += issuer.IsSelfIssued() ? 0 : 1;
        }

        return null;
    }

    /// <summary>The first fault in one issuer, or null.</summary>
    /// <param name="issuer">Any authority of the chain.</param>
    /// <param name="below">How many authorities follow below it.</param>
    /// <param name="profile">What the leaf is for.</param>
    /// <exception cref="CryptographicException">An extension cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Fault(X509Certificate2 issuer, int below, LinkProfile profile)
    {
        if (CertificateExtensions.Fault(issuer) is { } extension)
        {
            return extension;
        }

        if (issuer.Find<X509BasicConstraintsExtension>() is not { CertificateAuthority: true } constraints)
        {
            return new(CertificateFault.IssuerNotAuthority, $"its issuer '{issuer.Subject}' is no certification authority");
        }

        if (constraints.HasPathLengthConstraint && constraints.PathLengthConstraint < below)
        {
            return new(CertificateFault.PathTooLong, $"{below} authorities follow below '{issuer.Subject}', which allows {constraints.PathLengthConstraint}");
        }

        return issuer.Find<X509KeyUsageExtension>() is not { } usage || !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign)
                ? new(CertificateFault.IssuerMayNotSign, $"the key usage of '{issuer.Subject}' lacks keyCertSign")
            : !MayIssueFor(issuer, profile)
                ? new(CertificateFault.IssuerMayNotSign, $"the extended key usage of '{issuer.Subject}' excludes {profile.RequiredUsage?.FriendlyName}")
            : null;
    }

    private static bool MayIssueFor(X509Certificate2 issuer, LinkProfile profile) =>
        profile.RequiredUsage is not { } required
        || issuer.Find<X509EnhancedKeyUsageExtension>() is not { } extended
        || extended.EnhancedKeyUsages.Cast<Oid>().Any(oid =>
            string.Equals(oid.Value, required.Value, StringComparison.Ordinal) || string.Equals(oid.Value, AnyExtendedKeyUsage, StringComparison.Ordinal));
}
