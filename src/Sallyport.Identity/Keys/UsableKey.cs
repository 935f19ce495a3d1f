using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Sallyport.Identity.Keys;

/// <summary>One opening of a private key, in the two shapes that .NET has for it.</summary>
/// <param name="signer">Owned.</param>
/// <param name="agreement">Owned.</param>
internal sealed class UsableKey(ECDsa signer, ECDiffieHellman agreement) : IDisposable
{
    private const int Bits = 256;

    public ECDsa Signer => signer;

    public ECDiffieHellman Agreement => agreement;

    /// <summary>Takes over a key that OpenSSL opened.</summary>
    /// <exception cref="CryptographicException">It is no key on P-256.</exception>
    [UnsupportedOSPlatform("windows")]
    public static UsableKey From(SafeEvpPKeyHandle handle)
    {
        var signer = new ECDsaOpenSsl(handle);
        if (signer.KeySize != Bits)
        {
            signer.Dispose();
            throw new CryptographicException("it is no key on P-256");
        }

        return new UsableKey(signer, new ECDiffieHellmanOpenSsl(handle));
    }

    public void Dispose()
    {
        signer.Dispose();
        agreement.Dispose();
    }
}
