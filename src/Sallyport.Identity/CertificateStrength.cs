using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>Which keys and signatures are strong enough. The chain builder accepts RSA-1024 and SHA-1.</summary>
internal static class CertificateStrength
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";
    private const int MinRsaKeySizeInBits = 2048;

    // RSASSA-PSS is left out: its digest stands in parameters, and SHA-1 is the default there.
    private static readonly HashSet<string> Signatures = new(StringComparer.Ordinal)
    {
        "1.2.840.113549.1.1.11", // sha256WithRSAEncryption
        "1.2.840.113549.1.1.12", // sha384WithRSAEncryption
        "1.2.840.113549.1.1.13", // sha512WithRSAEncryption
        "1.2.840.10045.4.3.2", // ecdsa-with-SHA256
        "1.2.840.10045.4.3.3", // ecdsa-with-SHA384
        "1.2.840.10045.4.3.4", // ecdsa-with-SHA512
    };

    // DER of the named curves. Explicit curve parameters are refused by being different.
    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    private static ReadOnlySpan<byte> P384 => [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22];

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

    public static bool HasStrongSignature(X509Certificate2 certificate) =>
        certificate.SignatureAlgorithm.Value is { } algorithm && Signatures.Contains(algorithm);

    private static bool IsOn(PublicKey key, ReadOnlySpan<byte> curve) =>
        string.Equals(key.Oid.Value, EllipticCurve, StringComparison.Ordinal) && curve.SequenceEqual(key.EncodedParameters?.RawData);
}
