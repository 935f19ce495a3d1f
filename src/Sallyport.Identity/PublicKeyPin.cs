using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>The SHA-256 of a certificate's SubjectPublicKeyInfo: stays the same when a certificate is renewed with its key.</summary>
public sealed record PublicKeyPin
{
    private const int SizeInBytes = 32;

    private readonly string _base64;

    private PublicKeyPin(string base64) => _base64 = base64;

    /// <summary>The pin of a certificate.</summary>
    /// <exception cref="CryptographicException">Its key cannot be decoded.</exception>
    public static PublicKeyPin Of(X509Certificate2 certificate) =>
        new(Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo())));

    /// <summary>Reads a pin as <c>pin-sha256</c> of RFC 7469 has it: 44 characters of Base64.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PublicKeyPin? pin)
    {
        Span<byte> hash = stackalloc byte[SizeInBytes];
        pin = text is not null && Convert.TryFromBase64String(text, hash, out int written) && written == SizeInBytes
            ? new PublicKeyPin(Convert.ToBase64String(hash))
            : null;
        return pin is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => _base64;
}
