using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Issuing;

/// <summary>Whether a request asks for no more than the order grants. More is refused, not cut down: whoever asks for more is to be looked at.</summary>
internal static class RequestCheck
{
    private const X509KeyUsageFlags Signing = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;

    /// <summary>The first thing that it asks too much; null if there is none.</summary>
    public static string? FindExcess(SigningRequest request, IssueOrder order)
    {
        try
        {
            return KeyFault(request.PublicKey, order.Profile)
                ?? NameFault(request, order)
                ?? request.Extensions.Select<X509Extension, string?>(extension => ExtensionFault(extension, order)).FirstOrDefault(fault => fault is not null);
        }
        catch (CryptographicException)
        {
            return "An extension in the request cannot be decoded.";
        }
    }

    private static string? KeyFault(PublicKey key, CertificateProfile profile)
    {
        using RSA? rsa = key.GetRSAPublicKey();
        return (profile.Keys, rsa?.KeySize) switch
        {
            (KeyFamily.EllipticCurve, null) when CertificateStrength.IsAcceptedCurve(key) => null,
            (KeyFamily.EllipticCurve, _) => $"The profile {profile} certifies keys on P-256 and P-384 only.",
            (KeyFamily.Rsa2048, >= 2048) or (KeyFamily.Rsa3072, >= 3072) => null,
            (KeyFamily.Rsa2048, _) => $"The profile {profile} certifies RSA keys of 2048 bits or more only.",
            _ => $"The profile {profile} certifies RSA keys of 3072 bits or more only.",
        };
    }

    private static string? NameFault(SigningRequest request, IssueOrder order)
    {
        AlternativeNames asked = request.Names;
        string[] dns = [.. order.AllDnsNames];
        return request.CommonName.Length > 0 && !string.Equals(request.CommonName, order.CommonName, StringComparison.Ordinal)
                ? $"The request asks for the name '{request.CommonName}', not for '{order.CommonName}'."
            : asked.Dns.FirstOrDefault(name => !dns.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } foreign
                ? $"The request asks for the DNS name '{foreign}', which was not granted."
            : asked.Addresses.FirstOrDefault(address => !order.Addresses.Contains(address)) is { } address
                ? $"The request asks for the address {address}, which was not granted."
            : asked.Uris.FirstOrDefault(uri => !order.Uris.Contains(uri, StringComparer.Ordinal)) is { } uri
                ? $"The request asks for the URI '{uri}', which was not granted."
            : asked.Others > 0 ? "The request asks for an alternative name of a kind that is never signed."
            : null;
    }

    private static string? ExtensionFault(X509Extension extension, IssueOrder order) => extension switch
    {
        X509BasicConstraintsExtension { CertificateAuthority: true } when !order.Profile.IsAuthority => "The request asks to be an authority.",
        X509KeyUsageExtension { KeyUsages: var usages } when !order.Profile.IsAuthority && (usages & Signing) != X509KeyUsageFlags.None => "The request asks to sign certificates.",
        X509EnhancedKeyUsageExtension { EnhancedKeyUsages: var usages } when !order.LeavesOutAskedUsages && Excess(usages, order.Profile) is { } excess =>
            $"The request asks for the usage {excess}, which the profile {order.Profile} has not.",
        _ => null,
    };

    private static string? Excess(OidCollection asked, CertificateProfile profile) => asked
        .Cast<Oid>()
        .Select(oid => oid.Value)
        .FirstOrDefault(value => !profile.Usages.Any(usage => string.Equals(usage.Value, value, StringComparison.Ordinal)));
}
