using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Tests;

/// <summary>Signs properly and says ecdsa-with-SHA1: enough for a check that looks at what is claimed.</summary>
internal sealed class Sha1Claim(X509SignatureGenerator inner) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        Convert.FromHexString("300906072A8648CE3D0401");

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => inner.SignData(data, hashAlgorithm);

    protected override PublicKey BuildPublicKey() => inner.PublicKey;
}
