using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Reads extensions of certificates, and refuses those that cannot be read for certain.</summary>
internal static class CertificateExtensions
{
    // What is looked at here or by the platform. Everything else that is critical is refused, whoever issued it (RFC 5280, 4.2).
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "2.5.29.14", // subjectKeyIdentifier
        "2.5.29.15", // keyUsage
        "2.5.29.17", // subjectAltName
        "2.5.29.19", // basicConstraints
        "2.5.29.30", // nameConstraints
        "2.5.29.31", // cRLDistributionPoints
        "2.5.29.32", // certificatePolicies
        "2.5.29.35", // authorityKeyIdentifier
        "2.5.29.37", // extKeyUsage
    };

    /// <summary>The first extension of a kind, or null.</summary>
    /// <exception cref="CryptographicException">It cannot be decoded.</exception>
    public static T? Find<T>(this X509Certificate2 certificate)
        where T : X509Extension => certificate.Extensions.OfType<T>().FirstOrDefault();

    /// <summary>Whether somebody issued it to themselves, judged by the names.</summary>
    public static bool IsSelfIssued(this X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>Whether two are the same to the last byte.</summary>
    public static bool IsSame(this X509Certificate2 one, X509Certificate2 other) =>
        one.RawDataMemory.Span.SequenceEqual(other.RawDataMemory.Span);

    /// <summary>An extension that stands twice or is critical and unknown, or null.</summary>
    public static CertificateVerdict.Refused? Fault(X509Certificate2 certificate)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (X509Extension extension in certificate.Extensions)
        {
            string name = extension.Oid?.Value ?? "";
            if (!seen.Add(name))
            {
                return new(CertificateFault.DuplicateExtension, $"extension {name} of '{certificate.Subject}' appears twice");
            }

            if (extension.Critical && !Understood.Contains(name))
            {
                return new(CertificateFault.UnknownCriticalExtension, $"extension {name} of '{certificate.Subject}' is critical and unknown here");
            }
        }

        return null;
    }
}
