using System.Security.Cryptography;
using System.Text;

namespace Sallyport.Identity.Keys;

/// <summary>A private P-256 key as text (PKCS#8, RFC 7468), and what a file with one must look like.</summary>
internal static class PrivateKeyPem
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int LargestFile = 16 * 1024;

    /// <summary>A new key. Who has the bytes zeroes them.</summary>
    public static byte[] NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What is wrong with the file, apart from what is in it; null for nothing.</summary>
    public static string? FaultOf(string path) => true switch
    {
        _ when !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None =>
            $"{path}: others may read the key. Say: chmod 600 {path}",
        _ when new FileInfo(path).Length > LargestFile => $"{path}: it is too long for a key",
        _ => null,
    };

    /// <summary>Reads it.</summary>
    /// <exception cref="CryptographicException">The file does not open, or it holds no private key on P-256.</exception>
    public static UsableKey Read(string path)
    {
        byte[] text = [];
        char[] pem = [];
        var signer = ECDsa.Create();
        var agreement = ECDiffieHellman.Create();
        try
        {
            text = File.ReadAllBytes(path);
            pem = Encoding.ASCII.GetChars(text);
            signer.ImportFromPem(pem);
            agreement.ImportFromPem(pem);
            if (IsPrivateOnP256(signer))
            {
                return new UsableKey(signer, agreement);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            // The same answer as for a key of another kind.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
            pem.AsSpan().Clear();
        }

        signer.Dispose();
        agreement.Dispose();
        throw new CryptographicException($"{path}: it holds no private P-256 key (PKCS#8, PEM)");
    }

    private static bool IsPrivateOnP256(ECDsa key)
    {
        ECParameters parameters = key.ExportParameters(includePrivateParameters: true);
        CryptographicOperations.ZeroMemory(parameters.D);
        return string.Equals(parameters.Curve.Oid.Value, ECCurve.NamedCurves.nistP256.Oid.Value, StringComparison.Ordinal);
    }
}
