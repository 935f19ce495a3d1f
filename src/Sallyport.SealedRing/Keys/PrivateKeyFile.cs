using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sallyport.SealedRing.Keys;

/// <summary>A private P-256 key in a file (PKCS#8, PEM) that its owner alone may read.</summary>
internal static class PrivateKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key, or makes one where there is no file yet.</summary>
    /// <param name="path">Of the file.</param>
    /// <param name="create">Makes a key of a curve.</param>
    /// <param name="key">If it may be used; owned by the caller.</param>
    /// <param name="reason">For people: what to do.</param>
    public static bool TryOpen<T>(string path, Func<ECCurve, T> create, [NotNullWhen(true)] out T? key, [NotNullWhen(false)] out string? reason)
        where T : ECAlgorithm
    {
        key = null;
        reason = null;
        try
        {
            key = create(ECCurve.NamedCurves.nistP256);
            if (!File.Exists(path))
            {
                Write(path, key);
                return true;
            }

            reason = Read(path, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"{path}: {e.Message}";
        }

        if (reason is not null)
        {
            key?.Dispose();
            key = null;
        }

        return key is not null;
    }

    private static string? Read(string path, ECAlgorithm key)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
        {
            return $"{path}: others may read the key. Say: chmod 600 {path}";
        }

        byte[] text = File.ReadAllBytes(path);
        char[] pem = Encoding.ASCII.GetChars(text);
        try
        {
            key.ImportFromPem(pem);
            if (IsPrivate(key))
            {
                return null;
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

        return $"{path}: it holds no private P-256 key (PKCS#8, PEM). Delete it, and a new one is made; what was wrapped with the old one is lost";
    }

    private static bool IsPrivate(ECAlgorithm key)
    {
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        CryptographicOperations.ZeroMemory(parameters.D);
        return string.Equals(parameters.Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal);
    }

    private static void Write(string path, ECAlgorithm key)
    {
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
    }
}
