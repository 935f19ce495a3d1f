using System.Security.Cryptography;
using System.Text;

namespace Sallyport.SealedRing.Keys;

/// <summary>A device key in a file (PKCS#8, PEM): development only, because who steals the disk has it.</summary>
public sealed class FileKeyAgreement : IKeyAgreement, IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

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
    public static KeyFileOpening Open(string path)
    {
        try
        {
            return File.Exists(path) ? Read(path) : Create(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new KeyFileOpening.Refused($"{path}: {e.Message}");
        }
    }

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

    private static KeyFileOpening Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
        {
            return new KeyFileOpening.Refused($"{path}: others may read the key. Say: chmod 600 {path}");
        }

        var key = ECDiffieHellman.Create();
        byte[] text = File.ReadAllBytes(path);
        char[] pem = Encoding.ASCII.GetChars(text);
        try
        {
            key.ImportFromPem(pem);
            if (IsPrivate(key))
            {
                return new KeyFileOpening.Opened(new FileKeyAgreement(key));
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The same answer as for a key of another kind.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            pem.AsSpan().Clear();
        }

        key.Dispose();
        return new KeyFileOpening.Refused($"{path}: it holds no private P-256 key (PKCS#8, PEM). Delete it, and a new one is made; what was wrapped with the old one is lost");
    }

    private static bool IsPrivate(ECDiffieHellman key)
    {
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        CryptographicOperations.ZeroMemory(parameters.D);
        return string.Equals(parameters.Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal);
    }

    private static KeyFileOpening.Opened Create(string path)
    {
        var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        byte[] pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem());
        using var file = new FileStream(path, options);
        file.Write(pem);
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(pem);
        return new KeyFileOpening.Opened(new FileKeyAgreement(key));
    }
}
