using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Which keys and signatures are strong enough. The chain builder accepts RSA-1024 and SHA-1.</summary>
internal static class CertificateStrength
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const string RsaSignatures = "1.2.840.113549.1.1.";
    private const int MinRsaKeySizeInBits = 2048;

    // RSASSA-PSS is left out: its digest stands in parameters, and SHA-1 is the default there.
    private static readonly Dictionary<string, HashAlgorithmName> Signatures = new(StringComparer.Ordinal)
    {
        [RsaSignatures + "11"] = HashAlgorithmName.SHA256,
        [RsaSignatures + "12"] = HashAlgorithmName.SHA384,
        [RsaSignatures + "13"] = HashAlgorithmName.SHA512,
        ["1.2.840.10045.4.3.2"] = HashAlgorithmName.SHA256, // ecdsa-with-SHA256 and so on
        ["1.2.840.10045.4.3.3"] = HashAlgorithmName.SHA384,
        ["1.2.840.10045.4.3.4"] = HashAlgorithmName.SHA512,
    };

    // DER of the named curves. Explicit curve parameters are refused by being different.
    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> P384 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

    /// <summary>A weak key or signature, or null.</summary>
    public static CertificateVerdict.Refused? Fault(X509Certificate2 certificate) =>
        !HasStrongKey(certificate)
            ? new(CertificateFault.WeakKey, $"the key of '{certificate.Subject}' is weaker than RSA-2048 or not on P-256 or P-384")
        : !HasStrongSignature(certificate)
            ? new(CertificateFault.WeakSignature, $"the signature on '{certificate.Subject}' is not SHA-256 or better")
        : null;

    public static bool HasStrongKey(X509Certificate2 certificate)
    {
        PublicKey key = certificate.PublicKey;
        if (string.Equals(key.Oid.Value, Rsa, StringComparison.Ordinal))
        {
            using RSA? rsa = certificate.GetRSAPublicKey();
            return rsa is { KeySize: >= MinRsaKeySizeInBits };
        }

        return IsAcceptedCurve(key);
    }

    public static bool IsAcceptedCurve(PublicKey key) => IsOn(key, P256) || IsOn(key, P384);

    public static bool IsP384(PublicKey key) => IsOn(key, P384);

    /// <summary>The digest of a signature algorithm; null if it is not strong enough or not accepted.</summary>
    public static HashAlgorithmName? HashOf(string algorithm) => Signatures.TryGetValue(algorithm, out HashAlgorithmName hash) ? hash : null;

    /// <summary>Whether a signature algorithm that is accepted is one of RSA; the others are of ECDSA.</summary>
    public static bool IsRsa(string algorithm) => algorithm.StartsWith(RsaSignatures, StringComparison.Ordinal);

    private static bool HasStrongSignature(X509Certificate2 certificate) =>
        certificate.SignatureAlgorithm.Value is { } algorithm && Signatures.ContainsKey(algorithm);

    private static bool IsOn(PublicKey key, ReadOnlySpan<byte> curve) =>
        string.Equals(key.Oid.Value, EllipticCurve, StringComparison.Ordinal) && curve.SequenceEqual(key.EncodedParameters?.RawData);
}
