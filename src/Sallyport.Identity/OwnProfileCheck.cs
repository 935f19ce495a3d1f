using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Revocation;

namespace Sallyport.Identity;

/// <summary>What our own authority puts into every certificate, and others do not: demanded of certificates that can only come from it.</summary>
internal static class OwnProfileCheck
{
    // 16 random bytes; a zero or two in front are not encoded.
    private const int FewestSerialBytes = 14;
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    /// <summary>The first field that is absent or wrong, or null.</summary>
    /// <param name="certificate">The certificate itself.</param>
    /// <param name="issuer">Who issued it.</param>
    /// <param name="profile">One of ours.</param>
    /// <param name="revocation">Whether it must say where its list is.</param>
    /// <exception cref="CryptographicException">An extension cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Fault(X509Certificate2 certificate, X509Certificate2 issuer, LinkProfile profile, RevocationPolicy revocation)
    {
        ReadOnlySpan<byte> serial = certificate.SerialNumberBytes.Span;
        if (serial.Length < FewestSerialBytes || serial[0] >= 0x80)
        {
            return new(CertificateFault.WeakSerialNumber, "its serial number is negative or has less than 112 bits");
        }

        if (certificate.NotAfter - certificate.NotBefore > profile.LongestLife + Backdate)
        {
            return new(CertificateFault.LivesTooLong, $"it is valid for more than {profile.LongestLife.GetValueOrDefault().TotalDays:0} days");
        }

        return Identifiers(certificate, issuer)
            ?? (revocation.DemandsAddress && RevocationAddress.Of(certificate) is null
                ? new(CertificateFault.NoRevocationAddress, "it has no HTTP address of a revocation list")
                : null);
    }

    /// <summary>Whether a certificate names the key of an issuer as the one that signed it; null if one of both has no identifier.</summary>
    /// <exception cref="CryptographicException">An extension cannot be decoded.</exception>
    public static bool? IsNamedKey(X509Certificate2 certificate, X509Certificate2 issuer) =>
        certificate.Find<X509AuthorityKeyIdentifierExtension>()?.KeyIdentifier is { } key && issuer.Find<X509SubjectKeyIdentifierExtension>() is { } identifier
            ? key.Span.SequenceEqual(identifier.SubjectKeyIdentifierBytes.Span)
            : null;

    private static CertificateVerdict.Refused? Identifiers(X509Certificate2 certificate, X509Certificate2 issuer) =>
        certificate.Find<X509SubjectKeyIdentifierExtension>() is null
            ? new(CertificateFault.WrongKeyIdentifier, "it has no subject key identifier")
        : IsNamedKey(certificate, issuer) != true
            ? new(CertificateFault.WrongKeyIdentifier, "its authority key identifier is absent or is not that of its issuer")
        : null;
}
