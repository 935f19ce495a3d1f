using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Simulator.Certificates;

/// <summary>One certificate authority of the chain: a P-256 key, its certificate and its revocation list.</summary>
internal sealed class AuthorityTier : IDisposable
{
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ListLife = TimeSpan.FromDays(7);

    private readonly Lock _gate = new();
    private readonly CertificateRevocationListBuilder _list = new();
    private readonly Uri _revocationLists;
    private readonly TimeProvider _time;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private BigInteger _listNumber = BigInteger.Zero;

    /// <param name="commonName">Subject, such as «Sallyport simulation root».</param>
    /// <param name="pathLength">How many authorities may follow below this one.</param>
    /// <param name="issuer">The tier above, or null for the root, which signs itself.</param>
    /// <param name="revocationLists">The folder under which the lists are served.</param>
    /// <param name="life">Shortened to what the issuer has left.</param>
    /// <param name="time">Dates the certificates and lists.</param>
    public AuthorityTier(
        string commonName, int pathLength, AuthorityTier? issuer, Uri revocationLists, TimeSpan life, TimeProvider time)
    {
        _revocationLists = revocationLists;
        _time = time;
        var request = new CertificateRequest($"O=Sallyport, CN={commonName}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLength, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is null)
        {
            DateTimeOffset now = time.GetUtcNow();
            Certificate = request.CreateSelfSigned(now - Backdate, now + life);
        }
        else
        {
            issuer.AddIssuerExtensions(request);
            using X509Certificate2 bare = issuer.Issue(request, life);
            Certificate = bare.CopyWithPrivateKey(_key);
        }
    }

    /// <summary>With its private key; the owner disposes.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Where this tier's list is served. Names the key, because clients cache lists by address.</summary>
    public Uri RevocationListAddress => new(_revocationLists, RevocationListName);

    /// <summary>Signs our own profiles, as the product's authorities do.</summary>
    public SigningAuthority Signing => new(Certificate, X509SignatureGenerator.CreateForECDsa(_key), RevocationListAddress, _time);

    /// <summary>The last segment of <see cref="RevocationListAddress"/>.</summary>
    public string RevocationListName => $"{KeyIdentifier}.crl";

    private string KeyIdentifier =>
        Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier!
            .ToLower(CultureInfo.InvariantCulture);

    /// <summary>Adds what points back to this tier: its key identifier and its revocation list.</summary>
    public void AddIssuerExtensions(CertificateRequest request)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(
            [RevocationListAddress.AbsoluteUri]));
    }

    /// <summary>Signs a request as it stands. The certificate has no private key and never outlives this tier.</summary>
    public X509Certificate2 Issue(CertificateRequest request, TimeSpan life)
    {
        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset lastMoment = new DateTimeOffset(Certificate.NotAfter.ToUniversalTime()).AddSeconds(-1);
        DateTimeOffset end = now + life < lastMoment ? now + life : lastMoment;
        byte[] serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        return request.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), now - Backdate, end, serial);
    }

    /// <summary>Puts a certificate of this tier on the list from now on.</summary>
    public void Revoke(X509Certificate2 certificate)
    {
        lock (_gate)
        {
            _list.AddEntry(certificate, _time.GetUtcNow(), X509RevocationReason.KeyCompromise);
        }
    }

    /// <summary>The signed list as of now, DER.</summary>
    public byte[] RevocationList()
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            return _list.Build(
                Certificate, ++_listNumber, now + ListLife, HashAlgorithmName.SHA256, rsaSignaturePadding: null, now - Backdate);
        }
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
