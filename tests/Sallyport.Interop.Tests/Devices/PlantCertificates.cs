using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Interop.Tests.Devices;

/// <summary>A certification authority of a plant and what it certifies, as PEM files in a folder that goes with it.</summary>
internal sealed class PlantCertificates : IDisposable
{
    private const string RoleExtension = "1.3.6.1.4.1.50316.802.1";
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-plant-ca-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public PlantCertificates()
    {
        var request = new CertificateRequest("CN=Plant root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(Now.AddHours(-1), Now.AddDays(1));
        File.WriteAllText(CaFile, _root.ExportCertificatePem());
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>A certificate of a device for the address of the tests.</summary>
    /// <returns>The certificate's file and its key's.</returns>
    public (string Certificate, string Key) Device() => Issue("device", ServerUsage, request =>
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(KnownDevice.Address));
        request.CertificateExtensions.Add(names.Build());
    });

    /// <summary>A certificate of a reader with a role.</summary>
    /// <returns>The certificate's file and its key's.</returns>
    public (string Certificate, string Key) Reader(string role) => Issue("reader", ClientUsage, request =>
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, role);
        request.CertificateExtensions.Add(new X509Extension(RoleExtension, writer.Encode(), critical: false));
    });

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    private (string Certificate, string Key) Issue(string name, string usage, Action<CertificateRequest> extend)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_root, true, false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        extend(request);
        using X509Certificate2 certificate = request.Create(
            _root, Now.AddMinutes(-30), Now.AddHours(12), RandomNumberGenerator.GetBytes(16));
        string certificateFile = Path.Combine(_folder.FullName, $"{name}.pem");
        string keyFile = Path.Combine(_folder.FullName, $"{name}.key");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
