using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;

namespace Sallyport.IotHub.Tests.Broker;

/// <summary>A private CA: root, issuing CA, and the server certificates that a test wants.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly DateTimeOffset _now;
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _issuing;

    public TestAuthority(DateTimeOffset now)
    {
        _now = now;
        _root = Issue("test root", issuer: null, isAuthority: true, now.AddDays(-10), now.AddDays(30));
        _issuing = Issue("test issuing", _root, isAuthority: true, now.AddDays(-9), now.AddDays(29));
    }

    /// <summary>What a client trusts: MQTTnet's server sends only its leaf, so the issuing CA is in the bundle too.</summary>
    public string TrustBundle => _root.ExportCertificatePem() + "\n" + _issuing.ExportCertificatePem() + "\n";

    /// <summary>A server certificate as the Edge daemon issues it, for names and addresses.</summary>
    public X509Certificate2 IssueServer(params string[] names) => IssueServer(_now.AddDays(-1), _now.AddDays(20), names);

    /// <summary>One whose days are over.</summary>
    public X509Certificate2 IssueExpiredServer(params string[] names) => IssueServer(_now.AddDays(-8), _now.AddDays(-1), names);

    /// <summary>One in the very shape that the Edge daemon gives edgeHub: RSA-2048, server authentication, names, no key usage, no CRL address.</summary>
    public X509Certificate2 IssueEdgeHub(params string[] names)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(AlternativeNames(names));

        // The issuer's key is of another kind, so the signature is made by hand.
        using ECDsa issuerKey = _issuing.GetECDsaPrivateKey()!;
        using X509Certificate2 certificate = request.Create(
            _issuing.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), _now.AddDays(-1), _now.AddDays(20), RandomNumberGenerator.GetBytes(12));
        using X509Certificate2 withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx, ""), "");
    }

    /// <summary>A device's certificate with its issuer, valid for twenty days unless said otherwise.</summary>
    public DeviceCertificate IssueDevice(string commonName, double fromDays = -1, double untilDays = 20)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: false));
        using X509Certificate2 bare = request.Create(_issuing, _now.AddDays(fromDays), _now.AddDays(untilDays), RandomNumberGenerator.GetBytes(12));
        return new DeviceCertificate(bare.CopyWithPrivateKey(key), [X509CertificateLoader.LoadCertificate(_issuing.RawData)]);
    }

    public void Dispose()
    {
        _root.Dispose();
        _issuing.Dispose();
    }

    private static X509Certificate2 Issue(
        string name, X509Certificate2? issuer, bool isAuthority, DateTimeOffset from, DateTimeOffset until, params string[] names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        if (!isAuthority)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
            request.CertificateExtensions.Add(AlternativeNames(names));
        }

        if (issuer is null)
        {
            return request.CreateSelfSigned(from, until);
        }

        using X509Certificate2 certificate = request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(12));
        return certificate.CopyWithPrivateKey(key);
    }

    private static X509Extension AlternativeNames(string[] names)
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

    private X509Certificate2 IssueServer(DateTimeOffset from, DateTimeOffset until, string[] names)
    {
        using X509Certificate2 certificate = Issue(names[0], _issuing, isAuthority: false, from, until, names);

        // SslStream wants a key that is not only in memory for this handle.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx, ""), "");
    }
}
