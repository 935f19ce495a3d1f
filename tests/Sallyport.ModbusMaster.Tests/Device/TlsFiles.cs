using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.ModbusMaster.Configuration;

namespace Sallyport.ModbusMaster.Tests.Device;

/// <summary>A small certification authority that publishes no lists, with the certificates of a device and of ours, as PEM files that are deleted with the test.</summary>
internal sealed class TlsFiles : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-tls-").FullName;
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private byte _serial = 1;

    public TlsFiles()
    {
        var request = new CertificateRequest($"CN=Plant Root {Guid.NewGuid()}", _rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _root = request.CreateSelfSigned(Now.AddDays(-10), Now.AddDays(100));
        File.WriteAllText(CaFile, _root.ExportCertificatePem());
    }

    public string CaFile => PathOf("ca");

    /// <summary>A plan with our own certificate.</summary>
    /// <param name="name">Of the files.</param>
    /// <param name="role">What the certificate carries, or null.</param>
    /// <param name="demanded">What the plan demands, or null.</param>
    public TlsPlan Own(string name = "own", string? role = null, string? demanded = null)
    {
        Issue(name, "1.3.6.1.5.5.7.3.2", san: null, role);
        return new TlsPlan(CaFile, PathOf(name), PathOf(name + "-key"), demanded) { IsForeign = true, Revocation = RevocationPolicy.NonePublished.Instance };
    }

    /// <summary>A device's certificate for loopback, with its key.</summary>
    public X509Certificate2 Device(string address = "127.0.0.1", DateTimeOffset? notAfter = null)
    {
        Issue("device", "1.3.6.1.5.5.7.3.1", address, role: null, notAfter);
        return X509Certificate2.CreateFromPemFile(PathOf("device"), PathOf("device-key"));
    }

    public string PathOf(string name) => Path.Combine(_folder, name + ".pem");

    public bool Issued(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _root.Dispose();
        _rootKey.Dispose();
    }

    private void Issue(string name, string usage, string? san, string? role, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (san is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Parse(san));
            request.CertificateExtensions.Add(names.Build());
        }

        if (role is not null)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, role);
            request.CertificateExtensions.Add(new X509Extension(ModbusRole.ObjectId, writer.Encode(), critical: false));
        }

        using X509Certificate2 issued = request.Create(_root, Now.AddDays(-5), notAfter ?? Now.AddDays(30), [_serial++]);
        File.WriteAllText(PathOf(name), issued.ExportCertificatePem());
        File.WriteAllText(PathOf(name + "-key"), key.ExportPkcs8PrivateKeyPem());
    }
}
