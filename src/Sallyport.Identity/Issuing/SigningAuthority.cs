using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Identity.Issuing;

/// <summary>An authority with its key: signs certificates of our profiles and its revocation list. Where the key lives is the generator's affair.</summary>
/// <remarks>Thread safe as far as the generator is. The caller keeps certificate and key.</remarks>
/// <param name="certificate">The authority's own, CA:TRUE.</param>
/// <param name="generator">Signs with its key.</param>
/// <param name="revocationList">Where its list is served, plain HTTP; null for nowhere.</param>
/// <param name="time">Dates everything.</param>
public sealed class SigningAuthority(X509Certificate2 certificate, X509SignatureGenerator generator, Uri? revocationList, TimeProvider time)
{
    /// <summary>How far back certificates and lists are dated, for clocks that run behind.</summary>
    public static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    private const int SerialSize = 16;

    /// <summary>The authority's certificate.</summary>
    public X509Certificate2 Certificate => certificate;

    // A P-384 key signs SHA-384, everything else SHA-256: what TPMs and tokens can do.
    private HashAlgorithmName Hash => HashOf(certificate.PublicKey);

    /// <summary>Makes a root: a certificate that its own key signs.</summary>
    /// <param name="order">Of the profile <see cref="CertificateProfile.Root"/>.</param>
    /// <param name="key">P-384 or P-256.</param>
    /// <param name="time">Dates it.</param>
    /// <exception cref="ArgumentException">The order is faulty or of another profile.</exception>
    public static X509Certificate2 SelfSign(IssueOrder order, ECDsa key, TimeProvider time)
    {
        if (order.Profile != CertificateProfile.Root || order.FindFault() is not null)
        {
            throw new ArgumentException(order.FindFault() ?? "Only a root signs itself.", nameof(order));
        }

        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);
        CertificateRequest request = RequestFor(order, publicKey, HashOf(publicKey));
        DateTimeOffset now = time.GetUtcNow();
        return request.Create(order.Subject, X509SignatureGenerator.CreateForECDsa(key), now - Backdate, now + order.Life, NewSerial());
    }

    /// <summary>Certifies the key of a request.</summary>
    /// <param name="request">Who asks.</param>
    /// <param name="order">What is granted.</param>
    public IssueOutcome Issue(SigningRequest request, IssueOrder order)
    {
        if ((order.FindFault() ?? RequestCheck.FindExcess(request, order) ?? PathFault(order.Profile)) is { } fault)
        {
            return new IssueOutcome.Refused(fault);
        }

        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset last = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).AddSeconds(-1);
        if (last <= now)
        {
            return new IssueOutcome.Refused($"The authority '{certificate.Subject}' has expired or is about to. Renew it first.");
        }

        CertificateRequest signing = RequestFor(order, request.PublicKey, Hash);
        signing.CertificateExtensions.Add(KeyIdentifier());
        if (revocationList is not null)
        {
            signing.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList.AbsoluteUri]));
        }

        // A leaf never outlives its issuer.
        DateTimeOffset end = now + order.Life < last ? now + order.Life : last;
        return new IssueOutcome.Issued(signing.Create(certificate.SubjectName, generator, now - Backdate, end, NewSerial()));
    }

    /// <summary>Signs the list of what is revoked.</summary>
    /// <param name="revoked">All entries.</param>
    /// <param name="number">Rises with each list; a verifier refuses one that fell.</param>
    /// <param name="life">Until the next one must be there: 7 days for an issuing authority, 180 for a root.</param>
    /// <returns>DER.</returns>
    public byte[] RevocationList(IEnumerable<RevokedCertificate> revoked, BigInteger number, TimeSpan life)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (RevokedCertificate one in revoked)
        {
            builder.AddEntry(Convert.FromHexString(one.SerialNumber), one.Time, one.Reason);
        }

        DateTimeOffset now = time.GetUtcNow();
        return builder.Build(certificate.SubjectName, generator, number, now + life, Hash, KeyIdentifier(), now - Backdate);
    }

    private static HashAlgorithmName HashOf(PublicKey key) => CertificateStrength.IsP384(key) ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    private static byte[] NewSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialSize);

        // Positive, and of full length: the first byte is neither 0 nor above 0x7F.
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    private static CertificateRequest RequestFor(IssueOrder order, PublicKey key, HashAlgorithmName hash)
    {
        CertificateProfile profile = order.Profile;
        var request = new CertificateRequest(order.Subject, key, hash, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(profile.IsAuthority, hasPathLengthConstraint: profile.IsAuthority, profile.PathLength ?? 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(profile.KeyUsage, critical: true));
        if (profile.Usages.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. profile.Usages], critical: false));
        }

        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(key, critical: false));
        if (AlternativeNames.Build(order) is { } names)
        {
            request.CertificateExtensions.Add(names);
        }

        return request;
    }

    private string? PathFault(CertificateProfile profile)
    {
        X509BasicConstraintsExtension? own = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        int below = own switch
        {
            { CertificateAuthority: false } or null => -1,
            { HasPathLengthConstraint: true } => own.PathLengthConstraint,
            _ => int.MaxValue,
        };
        return below < 0 ? $"'{certificate.Subject}' is no authority."
            : profile.PathLength is { } needed && needed >= below ? $"'{certificate.Subject}' may not sign an authority of the profile {profile}: the path length below it is {below}."
            : null;
    }

    private X509AuthorityKeyIdentifierExtension KeyIdentifier() =>
        X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false);
}
