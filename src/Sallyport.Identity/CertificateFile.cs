using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.Identity;

/// <summary>Reads certificates that somebody put on the disk: PEM with any number of them, or DER with one.</summary>
public static class CertificateFile
{
    private const int LongestFile = 1024 * 1024;

    /// <summary>Adds the certificates of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="into">Gets them; owns them.</param>
    /// <param name="reason">One sentence, or empty.</param>
    /// <returns>False if there is none in it.</returns>
    public static bool TryRead(string path, X509Certificate2Collection into, out string reason)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                reason = $"{path} is longer than 1 MiB";
                return false;
            }

            reason = TryDecode(File.ReadAllBytes(path), into) ? "" : $"{path} holds no certificate in PEM or DER";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"{path} cannot be read: {e.Message}";
        }

        return reason.Length == 0;
    }

    /// <summary>Adds the certificates in these bytes.</summary>
    /// <returns>False if there is none.</returns>
    public static bool TryDecode(byte[] bytes, X509Certificate2Collection into)
    {
        var before = into.Count;
        try
        {
            if (bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0)
            {
                into.ImportFromPem(Encoding.Latin1.GetString(bytes));
            }
            else
            {
                into.Add(X509CertificateLoader.LoadCertificate(bytes));
            }
        }
        catch (CryptographicException)
        {
            return false;
        }

        return into.Count > before;
    }
}
