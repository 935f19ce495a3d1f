using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Ctl.Terminal;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Revocation;

namespace Sallyport.Ctl.Pki.Inspect;

/// <summary>Every field of a certificate that the validator looks at, in words.</summary>
internal static class CertificateText
{
    private const string Undecodable = "cannot be decoded";
    private const X509KeyUsageFlags Proves = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign;

    private static readonly Dictionary<string, string> Usages = new(StringComparer.Ordinal)
    {
        ["1.3.6.1.5.5.7.3.1"] = "serverAuth",
        ["1.3.6.1.5.5.7.3.2"] = "clientAuth",
        ["1.3.6.1.5.5.7.3.3"] = "codeSigning",
        ["1.3.6.1.5.5.7.3.4"] = "emailProtection",
        ["1.3.6.1.5.5.7.3.8"] = "timeStamping",
        ["1.3.6.1.5.5.7.3.9"] = "OCSPSigning",
        ["1.3.6.1.5.5.7.3.28"] = "cmcRA",
        ["2.5.29.37.0"] = "anyExtendedKeyUsage",
    };

    /// <summary>A table of one certificate.</summary>
    public static ReportTable Table(string title, X509Certificate2 certificate, DateTimeOffset now) => new(
        title,
        ["Field", "Value"],
        [.. Fields(certificate, now).Select<(string Name, string Value), ImmutableArray<string>>(field => [field.Name, field.Value])]);

    /// <summary>The key, such as <c>P-256</c> or <c>RSA-3072</c>.</summary>
    public static string KeyOf(X509Certificate2 certificate) => Readable(
        () =>
        {
            using RSA? rsa = certificate.GetRSAPublicKey();
            using ECDsa? curve = certificate.GetECDsaPublicKey();
            return rsa is not null ? string.Create(CultureInfo.InvariantCulture, $"RSA-{rsa.KeySize}")
                : curve is not null ? string.Create(CultureInfo.InvariantCulture, $"P-{curve.KeySize}")
                : certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value ?? "unknown";
        },
        Undecodable);

    /// <summary>The usages, key usage first.</summary>
    public static IReadOnlyList<string> UsagesOf(X509Certificate2 certificate) => Readable<IReadOnlyList<string>>(
        () =>
        [
            .. certificate.Extensions.OfType<X509KeyUsageExtension>().SelectMany(one => Words(one.KeyUsages)),
            .. certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
                .SelectMany(one => one.EnhancedKeyUsages.Cast<Oid>())
                .Select(oid => Usages.GetValueOrDefault(oid.Value ?? "", oid.Value ?? "")),
        ],
        [Undecodable]);

    /// <summary>The alternative names; none if they cannot be decoded.</summary>
    public static AlternativeNames AlternativeNamesOf(X509Certificate2 certificate) => Readable(() => AlternativeNames.Of(certificate), AlternativeNames.None);

    /// <summary>Whether the key usage is to unwrap keys, and neither signs nor proves anything.</summary>
    public static bool IsVerifier(X509Certificate2 certificate) => Readable(
        () => certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is { } usage
            && usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyEncipherment) && (usage.KeyUsages & Proves) == X509KeyUsageFlags.None,
        false);

    /// <summary>The alternative names, each with its kind.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 certificate)
    {
        AlternativeNames names = AlternativeNamesOf(certificate);
        return [.. names.Dns.Select(name => $"DNS {name}"), .. names.Addresses.Select(address => $"IP {address}"), .. names.Uris.Select(uri => $"URI {uri}")];
    }

    private static (string Name, string Value)[] Fields(X509Certificate2 certificate, DateTimeOffset now) =>
    [
        ("Subject", certificate.Subject),
        ("Issuer", certificate.Issuer),
        ("Key", KeyOf(certificate)),
        ("Signature", certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value ?? ""),
        ("Authority", AuthorityOf(certificate)),
        ("Usages", OrNone(UsagesOf(certificate))),
        ("Names", OrNone(NamesOf(certificate))),
        ("Valid from", CertificateWords.Moment(Utc(certificate.NotBefore))),
        ("Valid until", $"{CertificateWords.Moment(Utc(certificate.NotAfter))} ({Left(certificate, now)})"),
        ("Revocation list", RevocationAddress.Of(certificate)?.AbsoluteUri ?? "-"),
        ("Serial number", certificate.SerialNumber),
        ("SHA-256", certificate.GetCertHashString(HashAlgorithmName.SHA256)),
    ];

    private static string AuthorityOf(X509Certificate2 certificate) => Readable(
        () => certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() switch
        {
            { CertificateAuthority: true, HasPathLengthConstraint: true, PathLengthConstraint: var below } => string.Create(CultureInfo.InvariantCulture, $"yes, at most {below} below it"),
            { CertificateAuthority: true } => "yes, without a limit below it",
            _ => "no",
        },
        Undecodable);

    // A certificate that is looked at may be broken in any field; the others are shown.
    private static T Readable<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (CryptographicException)
        {
            return otherwise;
        }
    }

    private static string Left(X509Certificate2 certificate, DateTimeOffset now)
    {
        double days = (Utc(certificate.NotAfter) - now).TotalDays;
        return days <= 0 ? "expired" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(days)} days left");
    }

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime());

    private static string OrNone(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } text ? text : "-";

    private static IEnumerable<string> Words(X509KeyUsageFlags usages) => Enum.GetValues<X509KeyUsageFlags>()
        .Where(flag => flag != X509KeyUsageFlags.None && usages.HasFlag(flag))
        .Select(flag => char.ToLowerInvariant(flag.ToString()[0]) + flag.ToString()[1..]);
}
