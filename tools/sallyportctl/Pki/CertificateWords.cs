using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sallyport.Ctl.Terminal;

namespace Sallyport.Ctl.Pki;

/// <summary>A certificate in words.</summary>
internal static class CertificateWords
{
    /// <summary>A table of certificates.</summary>
    public static ReportTable Table(string title, IEnumerable<X509Certificate2> certificates) => new(
        title,
        ["Subject", "Serial number", "Valid until", "SHA-256"],
        [.. certificates.Select<X509Certificate2, System.Collections.Immutable.ImmutableArray<string>>(
            one => [one.Subject, one.SerialNumber, Day(one.NotAfter), Thumbprint(one)])]);

    /// <summary>The members of a certificate's object.</summary>
    public static void Write(Utf8JsonWriter json, X509Certificate2 certificate)
    {
        json.WriteString("subject", certificate.Subject);
        json.WriteString("issuer", certificate.Issuer);
        json.WriteString("serial", certificate.SerialNumber);
        json.WriteString("notBefore", certificate.NotBefore.ToUniversalTime());
        json.WriteString("notAfter", certificate.NotAfter.ToUniversalTime());
        json.WriteString("sha256", Thumbprint(certificate));
    }

    /// <summary>A day, UTC.</summary>
    public static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment, UTC.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
