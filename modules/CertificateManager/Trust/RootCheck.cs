using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.CertificateManager.Trust;

/// <summary>Whether a certificate can be a root. Whether it is ours only people know.</summary>
internal static class RootCheck
{
    private const int LeastRsaBits = 2048;
    private const int LeastCurveBits = 256;

    /// <summary>What is wrong with it, in one sentence; null if nothing is.</summary>
    public static string? Fault(X509Certificate2 root, DateTimeOffset now)
    {
        try
        {
            return !root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData) ? "it is signed by somebody else: a root signs itself"
                : root.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true } ? "it is no authority"
                : root.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign) ? "it may not sign certificates"
                : now < root.NotBefore.ToUniversalTime() || now >= root.NotAfter.ToUniversalTime() ? "it is not in date"
                : !HasStrongKey(root) ? "its key is too weak: RSA of 2048 bits or a curve of 256 is the least"
                : !SignsItself(root, now) ? "its signature is wrong"
                : null;
        }
        catch (CryptographicException)
        {
            return "it cannot be decoded";
        }
    }

    private static bool HasStrongKey(X509Certificate2 root)
    {
        using RSA? rsa = root.GetRSAPublicKey();
        using ECDsa? curve = root.GetECDsaPublicKey();
        return rsa?.KeySize >= LeastRsaBits || curve?.KeySize >= LeastCurveBits;
    }

    private static bool SignsItself(X509Certificate2 root, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        return chain.Build(root) && chain.ChainElements.Count == 1;
    }
}
