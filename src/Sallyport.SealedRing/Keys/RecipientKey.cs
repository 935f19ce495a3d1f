using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.SealedRing.Keys;

/// <summary>The RSA key in the certificate of somebody for whom a key is wrapped. RSA, because a cloud vault unwraps with nothing else.</summary>
internal static class RecipientKey
{
    private const int FewestBits = 3072;

    // What a key slot and an announcement have room for.
    private const int MostBits = 4096;

    /// <summary>The key, owned by the caller, or why it will not do.</summary>
    public static bool TryFind(X509Certificate2 certificate, [NotNullWhen(true)] out RSA? key, [NotNullWhen(false)] out string? reason)
    {
        key = certificate.GetRSAPublicKey();
        reason = key switch
        {
            null => "the certificate has no RSA key: give one with an RSA key of 3072 to 4096 bits",
            { KeySize: < FewestBits or > MostBits } => $"the certificate's RSA key has {key.KeySize} bits: give one of 3072 to 4096 bits",
            _ => null,
        };
        if (key is not null && reason is null)
        {
            return true;
        }

        key?.Dispose();
        key = null;
        reason ??= "";
        return false;
    }
}
