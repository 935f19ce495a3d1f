using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity;

/// <summary>The device id that a certificate claims.</summary>
public static class DeviceName
{
    /// <summary>Its only DNS name; null if it has none, several, or its names cannot be decoded. It is a claim until a validator accepted it.</summary>
    public static string? Of(X509Certificate2 certificate)
    {
        try
        {
            string[] names = [.. certificate.Find<X509SubjectAlternativeNameExtension>()?.EnumerateDnsNames() ?? []];
            return names is [{ Length: > 0 }] ? names[0] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
