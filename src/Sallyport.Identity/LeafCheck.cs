using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>What the chain builder does not look at in the certificate itself: usages that are absent or too many, CA:TRUE.</summary>
internal static class LeafCheck
{
    private const X509KeyUsageFlags Signs = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;

    /// <summary>The first fault, or null.</summary>
    /// <exception cref="CryptographicException">An extension cannot be decoded.</exception>
    public static CertificateVerdict.Refused? Usages(X509Certificate2 leaf, LinkProfile profile) =>
        profile.RequiredUsage is { } required ? Leaf(leaf, profile, required) : Authority(leaf);

    private static CertificateVerdict.Refused? Leaf(X509Certificate2 leaf, LinkProfile profile, Oid required)
    {
        if (leaf.Find<X509BasicConstraintsExtension>() is { CertificateAuthority: true })
        {
            return Refuse(CertificateFault.IsAuthority, "it is a certification authority");
        }

        string[]? usages = leaf.Find<X509EnhancedKeyUsageExtension>()?.EnhancedKeyUsages.Cast<Oid>().Select(oid => oid.Value ?? "").ToArray();
        if (usages is null || !usages.Contains(required.Value, StringComparer.Ordinal))
        {
            return Refuse(
                CertificateFault.WrongExtendedKeyUsage,
                $"its extended key usage {(usages is null ? "is absent" : "is another one")}, and {profile.Name} needs {required.FriendlyName}");
        }

        if (profile.IsOurs && usages.FirstOrDefault(one => !IsAllowed(one, profile, required)) is { } excess)
        {
            return Refuse(CertificateFault.WrongExtendedKeyUsage, $"it has the extended key usage {excess} too, and {profile.Name} must not");
        }

        return leaf.Find<X509KeyUsageExtension>()?.KeyUsages switch
        {
            null when profile.RequiresKeyUsage || profile.IsOurs => Refuse(CertificateFault.WrongKeyUsage, "it has no key usage"),
            { } usage when !usage.HasFlag(X509KeyUsageFlags.DigitalSignature) =>
                Refuse(CertificateFault.WrongKeyUsage, "its key usage lacks digitalSignature"),
            { } usage when (usage & Signs) != X509KeyUsageFlags.None => Refuse(CertificateFault.WrongKeyUsage, "its key may sign certificates or revocation lists"),
            { } usage when profile.IsOurs && usage != X509KeyUsageFlags.DigitalSignature =>
                Refuse(CertificateFault.WrongKeyUsage, "its key usage is more than digitalSignature"),
            _ => null,
        };
    }

    private static CertificateVerdict.Refused? Authority(X509Certificate2 authority) =>
        authority.Find<X509BasicConstraintsExtension>() is not { CertificateAuthority: true, Critical: true }
            ? Refuse(CertificateFault.NotAuthority, "it is no certification authority, or does not say so critically")
        : authority.Find<X509KeyUsageExtension>() is not { } usage || !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign)
            ? Refuse(CertificateFault.WrongKeyUsage, "its key usage lacks keyCertSign")
        : (usage.KeyUsages & ~Signs) != X509KeyUsageFlags.None
            ? Refuse(CertificateFault.WrongKeyUsage, "its key is for more than signing certificates and revocation lists")
        : null;

    private static bool IsAllowed(string usage, LinkProfile profile, Oid required) =>
        string.Equals(usage, required.Value, StringComparison.Ordinal) || string.Equals(usage, profile.FurtherUsage, StringComparison.Ordinal);

    private static CertificateVerdict.Refused Refuse(CertificateFault fault, string detail) => new(fault, detail);
}
