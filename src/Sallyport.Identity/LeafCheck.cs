using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>What the chain builder does not look at in a leaf: usages that are absent, CA:TRUE, the exact name.</summary>
internal static class LeafCheck
{
    /// <summary>The first fault in the leaf's usages, or null.</summary>
    /// <exception cref="CryptographicException">An extension cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Usages(X509Certificate2 leaf, LinkProfile profile)
    {
        if (leaf.Extensions.Select(extension => extension.Oid?.Value).Distinct(StringComparer.Ordinal).Count()
            != leaf.Extensions.Count)
        {
            return Refuse(CertificateFault.Malformed, "an extension appears twice");
        }

        if (Find<X509BasicConstraintsExtension>(leaf) is { CertificateAuthority: true })
        {
            return Refuse(CertificateFault.IsAuthority, "it is a certification authority");
        }

        X509EnhancedKeyUsageExtension? extended = Find<X509EnhancedKeyUsageExtension>(leaf);
        if (extended is null || !Has(extended, profile.RequiredUsage))
        {
            return Refuse(
                CertificateFault.WrongExtendedKeyUsage,
                $"its extended key usage {(extended is null ? "is absent" : "is another one")}, "
                + $"and {profile.Name} needs {profile.RequiredUsage.FriendlyName}");
        }

        return Find<X509KeyUsageExtension>(leaf) switch
        {
            null when profile.RequiresKeyUsage => Refuse(CertificateFault.WrongKeyUsage, "it has no key usage"),
            { KeyUsages: X509KeyUsageFlags usages } when !usages.HasFlag(X509KeyUsageFlags.DigitalSignature) =>
                Refuse(CertificateFault.WrongKeyUsage, "its key usage lacks digitalSignature"),
            { KeyUsages: X509KeyUsageFlags usages } when usages.HasFlag(X509KeyUsageFlags.KeyCertSign) =>
                Refuse(CertificateFault.WrongKeyUsage, "its key may sign certificates"),
            _ => null,
        };
    }

    /// <summary>A fault if <paramref name="expectedName"/> (DNS name or IP address) is not among the SANs. The CN never counts.</summary>
    /// <exception cref="CryptographicException">The SAN cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Name(X509Certificate2 leaf, LinkProfile profile, string expectedName)
    {
        bool isName = Uri.CheckHostName(expectedName) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
        return isName && leaf.MatchesHostname(expectedName, profile.AllowsWildcard, allowCommonName: false)
            ? null
            : Refuse(CertificateFault.WrongName, $"'{expectedName}' is not among its subject alternative names");
    }

    private static bool Has(X509EnhancedKeyUsageExtension extended, Oid usage) => extended.EnhancedKeyUsages
        .Cast<Oid>()
        .Any(oid => string.Equals(oid.Value, usage.Value, StringComparison.Ordinal));

    private static T? Find<T>(X509Certificate2 leaf)
        where T : X509Extension => leaf.Extensions.OfType<T>().FirstOrDefault();

    private static CertificateVerdict.Refused Refuse(CertificateFault fault, string detail) => new(fault, detail);
}
