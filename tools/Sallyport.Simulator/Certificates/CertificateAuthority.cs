using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity.Issuing;

namespace Sallyport.Simulator.Certificates;

/// <summary>The simulation's own certificates: root, issuing authority, and below it the authority of the edge device.</summary>
/// <remarks>edgeHub's certificate comes from the edge authority, as the Edge daemon issues it; those of IoT Hub and of devices
/// come from the issuing authority. Clients are given the root alone, so servers must present their whole chain.</remarks>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan RootLife = TimeSpan.FromDays(730);
    private static readonly TimeSpan IssuingLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan EdgeLife = TimeSpan.FromDays(90);
    private static readonly TimeSpan LeafLife = TimeSpan.FromDays(30);
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly AuthorityTier _root;
    private readonly AuthorityTier _issuing;
    private readonly AuthorityTier _edge;

    /// <param name="time">Dates every certificate. Must be near real time where TLS is to accept them.</param>
    /// <param name="revocationLists">Folder under which <see cref="RevocationListEndpoint"/> serves the lists.</param>
    public CertificateAuthority(TimeProvider time, Uri revocationLists)
    {
        _root = new AuthorityTier("Simulation root", 2, issuer: null, revocationLists, RootLife, time);
        _issuing = new AuthorityTier("Simulation issuing", 1, _root, revocationLists, IssuingLife, time);
        _edge = new AuthorityTier("Simulation edge device", 0, _issuing, revocationLists, EdgeLife, time);
    }

    public X509Certificate2 Root => _root.Certificate;

    public X509Certificate2 Issuing => _issuing.Certificate;

    /// <summary>The authority of the edge device, which the Edge daemon signs with.</summary>
    public X509Certificate2 EdgeDevice => _edge.Certificate;

    /// <summary>Signs certificates of our own profiles below <see cref="Issuing"/>.</summary>
    public SigningAuthority Signing => _issuing.Signing;

    /// <summary>What clients trust: the root, PEM.</summary>
    public string TrustBundlePem => Root.ExportCertificatePem() + "\n";

    /// <summary>File names of the revocation lists and their present contents, DER.</summary>
    public IReadOnlyDictionary<string, Func<byte[]>> RevocationLists => new Dictionary<string, Func<byte[]>>(StringComparer.Ordinal)
    {
        [_root.RevocationListName] = _root.RevocationList,
        [_issuing.RevocationListName] = _issuing.RevocationList,
        [_edge.RevocationListName] = _edge.RevocationList,
    };

    /// <summary>edgeHub's certificate in the shape that the Edge daemon issues.</summary>
    /// <param name="gatewayName">Name or address that modules dial; becomes the common name and the first alternative name.</param>
    /// <param name="moduleName">Second alternative name, without the leading dollar sign.</param>
    /// <remarks>RSA-2048, server authentication, alternative names; no key usage, no key identifiers, no revocation list.</remarks>
    public ServerCertificate IssueEdgeHubServer(string gatewayName, string moduleName = "edgeHub")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={gatewayName}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        request.CertificateExtensions.Add(AlternativeNames([gatewayName, moduleName]));
        using X509Certificate2 bare = _edge.Issue(request, LeafLife);
        return new ServerCertificate(bare.CopyWithPrivateKey(key), [EdgeDevice, Issuing]);
    }

    /// <summary>A server certificate as a public service has it: with key usage and revocation list.</summary>
    /// <param name="names">DNS names and addresses; the first is the common name.</param>
    public ServerCertificate IssueServer(params IReadOnlyList<string> names)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        AddLeafExtensions(request, X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, ServerAuthentication);
        request.CertificateExtensions.Add(AlternativeNames(names));
        using X509Certificate2 bare = _issuing.Issue(request, LeafLife);
        return new ServerCertificate(bare.CopyWithPrivateKey(key), [Issuing]);
    }

    /// <summary>A device's client certificate, P-256, with its private key. The id is its common name and its alternative name.</summary>
    /// <param name="commonName">The device or registration id.</param>
    /// <param name="life">30 days if left out.</param>
    public X509Certificate2 IssueClient(string commonName, TimeSpan? life = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        AddLeafExtensions(request, X509KeyUsageFlags.DigitalSignature, ClientAuthentication);
        request.CertificateExtensions.Add(AlternativeNames([commonName]));
        using X509Certificate2 bare = _issuing.Issue(request, life ?? LeafLife);
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate of one of our own profiles, P-256, with its private key.</summary>
    public X509Certificate2 Issue(IssueOrder order)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] bytes = new CertificateRequest(order.Subject, key, HashAlgorithmName.SHA256).CreateSigningRequest();
        return SigningRequest.Read(bytes) is SigningRequestReading.Read { Request: var request } && Signing.Issue(request, order) is IssueOutcome.Issued { Certificate: var bare }
            ? CopyWithKey(bare, key)
            : throw new ArgumentException(order.FindFault() ?? "The authority refuses the order.", nameof(order));
    }

    /// <summary>Puts a server or device certificate on the issuing authority's list.</summary>
    public void Revoke(X509Certificate2 certificate) => _issuing.Revoke(certificate);

    public void Dispose()
    {
        _edge.Dispose();
        _issuing.Dispose();
        _root.Dispose();
    }

    private static X509Certificate2 CopyWithKey(X509Certificate2 bare, ECDsa key)
    {
        using (bare)
        {
            return bare.CopyWithPrivateKey(key);
        }
    }

    private static X509Extension AlternativeNames(IReadOnlyList<string> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }

    private void AddLeafExtensions(CertificateRequest request, X509KeyUsageFlags usage, Oid purpose)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _issuing.AddIssuerExtensions(request);
    }
}
