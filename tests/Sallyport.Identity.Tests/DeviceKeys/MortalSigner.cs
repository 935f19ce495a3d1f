using System.Security.Cryptography;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>An opened key that dies when the TPM is reset, as those of OpenSSL do.</summary>
internal sealed class MortalSigner(ECDsa key) : ECDsa
{
    public bool IsDead { get; set; }

    public override byte[] SignHash(byte[] hash) => IsDead ? throw new CryptographicException("cannot sign") : key.SignHash(hash);

    public override bool VerifyHash(byte[] hash, byte[] signature) => key.VerifyHash(hash, signature);

    public override ECParameters ExportParameters(bool includePrivateParameters) => key.ExportParameters(includePrivateParameters: false);
}
