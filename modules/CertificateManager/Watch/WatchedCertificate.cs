using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.CertificateManager.Configuration;

namespace Sallyport.CertificateManager.Watch;

/// <summary>What is known of a certificate, or of a revocation list.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">Where it was found, as the user calls the place.</param>
/// <param name="Id">SHA-256 of the whole, hexadecimal.</param>
internal sealed record WatchedCertificate(WatchedKind Kind, string Name, string Id)
{
    /// <summary>Whose it is.</summary>
    public required string Subject { get; init; }

    /// <summary>Who signed it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Hexadecimal; the number of a list.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The beginning of its life.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>The end of its life.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>False for one that is meant to end: it was replaced already.</summary>
    public bool IsInUse { get; init; } = true;

    /// <summary>Takes down what a certificate says.</summary>
    public static WatchedCertificate Of(WatchedKind kind, string name, X509Certificate2 certificate) => new(kind, name, certificate.GetCertHashString(HashAlgorithmName.SHA256))
    {
        Subject = certificate.Subject,
        Issuer = certificate.Issuer,
        SerialNumber = certificate.SerialNumber,
        NotBefore = new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
        NotAfter = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
    };
}
