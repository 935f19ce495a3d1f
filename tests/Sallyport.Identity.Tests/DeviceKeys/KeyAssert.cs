using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Keys;
using Sallyport.TestKit;

namespace Sallyport.Identity.Tests.DeviceKeys;

/// <summary>What every key has to do, whoever holds it.</summary>
internal static class KeyAssert
{
    public static IDeviceKey Opened(KeyOpening opening) => Assert.IsType<KeyOpening.Opened>(opening).Key;

    public static T Done<T>(KeyUse<T> use)
    {
        Assert.True(use is KeyUse<T>.Done, use.ToString());
        return ((KeyUse<T>.Done)use).Result;
    }

    /// <summary>A signature that software verifies.</summary>
    public static void Signs(IDeviceKey key)
    {
        byte[] digest = SHA256.HashData("what is signed"u8);
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        Assert.True(verifier.VerifyHash(digest, Done(key.Sign(digest))));
    }

    /// <summary>The same secret on both sides.</summary>
    public static void Agrees(IDeviceKey key)
    {
        using var peer = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using ECDiffieHellmanPublicKey point = peer.PublicKey;
        using var own = ECDiffieHellman.Create();
        own.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        using ECDiffieHellmanPublicKey ownPoint = own.PublicKey;
        Assert.Equal(peer.DeriveRawSecretAgreement(ownPoint), Done(key.DeriveRawSecret(point)));
    }

    /// <summary>A certificate signing request that openssl verifies.</summary>
    public static async Task RequestsAsync(IDeviceKey key)
    {
        string openssl = Peer.Require("openssl");
        byte[] request = Done(key.UseSigner(
            signer => new CertificateRequest("CN=gw-0001", signer, HashAlgorithmName.SHA256).CreateSigningRequest()));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllBytesAsync(path, request);
        try
        {
            // It says «verify OK» on standard error and ends with 1 if the signature is wrong.
            string said = await Command.RunAsync(openssl, "req", "-inform", "DER", "-in", path, "-verify", "-noout", "-pubkey");
            Assert.Equal(PemEncoding.WriteString("PUBLIC KEY", key.SubjectPublicKeyInfo.Span), said.Trim());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
