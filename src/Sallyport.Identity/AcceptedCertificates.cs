using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>The certificates that a device may show: the current one, and after a renewal the previous one for some days. A registry that holds only one
/// locks a device out between the answer of its authority and the switch.</summary>
/// <param name="Current">SHA-256 of the certificate, upper-case hexadecimal.</param>
public sealed record AcceptedCertificates(string Current)
{
    /// <summary>The certificate before; null when there is none.</summary>
    public string? Previous { get; private init; }

    /// <summary>Until when the previous one counts.</summary>
    public DateTimeOffset PreviousUntil { get; private init; }

    /// <summary>The set with one certificate.</summary>
    public static AcceptedCertificates Only(X509Certificate2 current) => new(HashOf(current));

    /// <summary>The set after a renewal. Renewing to the same certificate changes nothing.</summary>
    /// <param name="renewed">The new one.</param>
    /// <param name="previousUntil">The end of the overlap.</param>
    public AcceptedCertificates Renew(X509Certificate2 renewed, DateTimeOffset previousUntil)
    {
        string hash = HashOf(renewed);
        return string.Equals(hash, Current, StringComparison.Ordinal)
            ? this
            : new AcceptedCertificates(hash) { Previous = Current, PreviousUntil = previousUntil };
    }

    /// <summary>Whether a certificate is in the set now.</summary>
    public bool Holds(X509Certificate2 certificate, DateTimeOffset now)
    {
        string hash = HashOf(certificate);
        return string.Equals(hash, Current, StringComparison.Ordinal)
            || (string.Equals(hash, Previous, StringComparison.Ordinal) && now < PreviousUntil);
    }

    private static string HashOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
