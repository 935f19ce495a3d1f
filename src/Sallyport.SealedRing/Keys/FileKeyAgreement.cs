using System.Security.Cryptography;

namespace Sallyport.SealedRing.Keys;

/// <summary>A device key in a file (PKCS#8, PEM): development only, because who steals the disk has it.</summary>
public sealed class FileKeyAgreement : IKeyAgreement, IDisposable
{
    private readonly ECDiffieHellman _key;

    private FileKeyAgreement(ECDiffieHellman key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Reads the key, or makes one where there is no file yet.</summary>
    /// <param name="path">Of the file.</param>
    public static KeyFileOpening Open(string path) =>
        PrivateKeyFile.TryOpen(path, ECDiffieHellman.Create, out ECDiffieHellman? key, out string? reason)
            ? new KeyFileOpening.Opened(new FileKeyAgreement(key))
            : new KeyFileOpening.Refused(reason);

    /// <inheritdoc/>
    public Task<KeyAgreeing> AgreeAsync(ReadOnlyMemory<byte> peer, CancellationToken cancellationToken)
    {
        try
        {
            using var other = ECDiffieHellman.Create();
            other.ImportSubjectPublicKeyInfo(peer.Span, out _);
            using ECDiffieHellmanPublicKey point = other.PublicKey;
            byte[] secret = _key.DeriveRawSecretAgreement(point);
            var agreed = SecretKey.Copy(secret);
            CryptographicOperations.ZeroMemory(secret);
            return Task.FromResult<KeyAgreeing>(new KeyAgreeing.Agreed(agreed));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Task.FromResult<KeyAgreeing>(new KeyAgreeing.Refused("the other key is no point of P-256"));
        }
    }

    /// <summary>Forgets the key; the file stays.</summary>
    public void Dispose() => _key.Dispose();
}
