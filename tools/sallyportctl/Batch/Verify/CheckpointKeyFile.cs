using System.Security.Cryptography;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>A file with the public half of a device's key for checkpoints: P-256, PEM.</summary>
internal static class CheckpointKeyFile
{
    /// <summary>Reads a file; the key is owned by the caller.</summary>
    /// <exception cref="WrongUsageException">It is no such file.</exception>
    public static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is "1.2.840.10045.3.1.7")
            {
                return key;
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // The same answer as for a key of another kind.
        }

        key.Dispose();
        throw new WrongUsageException($"{path}: it holds no public P-256 key in PEM: -----BEGIN PUBLIC KEY-----, Base64, -----END PUBLIC KEY-----.");
    }
}
