using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sallyport.Identity.Issuing;

/// <summary>A certificate signing request (RFC 2986) whose signature proved that the asker has the key. What it asks for is a wish; an <see cref="IssueOrder"/> decides.</summary>
public sealed class SigningRequest
{
    /// <summary>A request is hardly ever above 2 KiB.</summary>
    public const int MaxSizeInBytes = 16 * 1024;

    private const string Label = "CERTIFICATE REQUEST";
    private const string OlderLabel = "NEW CERTIFICATE REQUEST";
    private const string ChallengePasswordOid = "1.2.840.113549.1.9.7";

    private SigningRequest(CertificateRequest request)
    {
        PublicKey = request.PublicKey;
        Subject = request.SubjectName;
        Extensions = [.. request.CertificateExtensions];
        Names = AlternativeNames.Read(Extensions);
        ChallengePassword = request.OtherRequestAttributes
            .Where(attribute => string.Equals(attribute.Oid?.Value, ChallengePasswordOid, StringComparison.Ordinal))
            .Select(attribute => TextOf(attribute.RawData))
            .FirstOrDefault("");
    }

    /// <summary>The key to certify.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The subject that is asked for.</summary>
    public X500DistinguishedName Subject { get; }

    /// <summary>The common name that is asked for; empty for none, or more than one.</summary>
    public string CommonName
    {
        get
        {
            X500RelativeDistinguishedName[] names =
                [.. Subject.EnumerateRelativeDistinguishedNames().Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value is "2.5.4.3")];
            return names is [var one] ? one.GetSingleElementValue() ?? "" : "";
        }
    }

    /// <summary>The alternative names that are asked for.</summary>
    public AlternativeNames Names { get; }

    /// <summary>The challenge password; RFC 7030 section 3.5 puts the binding to the TLS connection there. Empty for none.</summary>
    public string ChallengePassword { get; }

    internal ImmutableArray<X509Extension> Extensions { get; }

    /// <summary>Reads DER or PEM and checks the signature.</summary>
    /// <param name="bytes">The request.</param>
    public static SigningRequestReading Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MaxSizeInBytes)
        {
            return new SigningRequestReading.Refused($"A request has 1 to {MaxSizeInBytes} bytes; this has {bytes.Length}.");
        }

        try
        {
            byte[] der = Der(bytes);
            var request = CertificateRequest.LoadSigningRequest(
                der, HashAlgorithmName.SHA256, out int consumed, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions, RSASignaturePadding.Pkcs1);
            return consumed == der.Length
                ? new SigningRequestReading.Read(new SigningRequest(request))
                : new SigningRequestReading.Refused("There is something behind the request.");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException or FormatException)
        {
            return new SigningRequestReading.Refused("It is no certificate signing request, or its signature is not by the key it asks to certify.");
        }
    }

    private static byte[] Der(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.ASCII.GetString(bytes);
        if (!PemEncoding.TryFind(text, out PemFields fields))
        {
            return bytes.ToArray();
        }

        return text[fields.Label] is Label or OlderLabel ? Convert.FromBase64String(text[fields.Base64Data]) : throw new FormatException("another label");
    }

    private static string TextOf(byte[] value)
    {
        // A DirectoryString: PrintableString or UTF8String, and short lengths only, as RFC 7030 needs.
        const int PrintableString = 0x13;
        const int Utf8String = 0x0C;
        return value is [PrintableString or Utf8String, < 0x80, ..] && value.Length == value[1] + 2 ? Encoding.UTF8.GetString(value, 2, value[1]) : "";
    }
}
