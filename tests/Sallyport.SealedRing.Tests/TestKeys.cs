using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

/// <summary>Keys and wrappers for tests, some of which do not answer.</summary>
internal static class TestKeys
{
    public static DeviceKeyWrapper NewDevice() => new(new MemoryAgreement());

    public static X509Certificate2 NewCertificate(int bits = 3072)
    {
        using var key = RSA.Create(bits);
        return NewCertificate(key);
    }

    public static X509Certificate2 NewCertificate(RSA key) => new CertificateRequest("CN=owner", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
        .CreateSelfSigned(TestRing.Noon.Wall, TestRing.Noon.Wall.AddYears(1));

    public static EscrowWrapper Escrow(X509Certificate2 certificate)
    {
        Assert.True(EscrowWrapper.TryCreate(certificate, out EscrowWrapper? wrapper, out string? reason), reason);
        return wrapper;
    }

    /// <summary>A device key in memory: what a file, a TPM and a token look like to the wrapper.</summary>
    public sealed class MemoryAgreement : IKeyAgreement, IDisposable
    {
        private readonly ECDiffieHellman _key;

        public MemoryAgreement(ECParameters? key = null)
        {
            _key = key is { } given ? ECDiffieHellman.Create(given) : ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            PublicKey = _key.ExportSubjectPublicKeyInfo();
        }

        public ReadOnlyMemory<byte> PublicKey { get; }

        public KeyAgreeing? Instead { get; set; }

        public Task<KeyAgreeing> AgreeAsync(ReadOnlyMemory<byte> peer, CancellationToken cancellationToken)
        {
            if (Instead is { } instead)
            {
                return Task.FromResult(instead);
            }

            using var other = ECDiffieHellman.Create();
            other.ImportSubjectPublicKeyInfo(peer.Span, out _);
            using ECDiffieHellmanPublicKey point = other.PublicKey;
            return Task.FromResult<KeyAgreeing>(new KeyAgreeing.Agreed(SecretKey.Copy(_key.DeriveRawSecretAgreement(point))));
        }

        public void Dispose() => _key.Dispose();
    }

    /// <summary>A wrapper in front of another, which can be told not to answer, or to refuse.</summary>
    public sealed class Moody(IKeyWrapper inner) : IKeyWrapper
    {
        public KeyUnwrapping? Unwraps { get; set; }

        public bool Wraps { get; set; } = true;

        /// <summary>The bytes of the last key that went through: for searching images.</summary>
        public byte[] Seen { get; } = new byte[SecretKey.Size];

        public KeySlotKind Kind => inner.Kind;

        public bool Holds(KeySlot slot) => inner.Holds(slot);

        public async Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken)
        {
            key.CopyTo(Seen);
            return Wraps ? await inner.WrapAsync(key, buffer, cancellationToken) : new KeyWrapping.Unavailable("it sleeps");
        }

        public async Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken) =>
            Unwraps ?? await inner.UnwrapAsync(slot, buffer, cancellationToken);
    }
}
