using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.Identity.Est;

/// <summary>The certs-only message (RFC 5751 section 3.8) in base64 that an enrolment server answers with.</summary>
internal static class CertsOnly
{
    /// <summary>A chain is five certificates at most; an authority may send some old ones too.</summary>
    public const int MostCertificates = 20;

    /// <summary>Reads it. Whitespace in the base64 does not matter: some servers break lines, some do not.</summary>
    /// <param name="base64">The body.</param>
    /// <param name="certificates">Belong to the caller.</param>
    public static bool TryRead(ReadOnlySpan<byte> base64, [NotNullWhen(true)] out X509Certificate2Collection? certificates)
    {
        certificates = null;
        try
        {
            byte[] der = Convert.FromBase64String(Encoding.ASCII.GetString(base64));
            var message = new SignedCms();
            message.Decode(der);
            if (message.SignerInfos.Count != 0 || message.Certificates.Count is 0 or > MostCertificates)
            {
                return false;
            }

            certificates = message.Certificates;
            return true;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }
}
