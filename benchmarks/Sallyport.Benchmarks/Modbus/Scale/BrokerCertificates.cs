using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Benchmarks.Modbus.Scale;

/// <summary>A root, and under it a server certificate in the shape that the Edge daemon issues: RSA 2048, server authentication, alternative names.</summary>
internal static class BrokerCertificates
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    /// <summary>Writes <c>root.pem</c>, <c>server.pem</c> and <c>server.key</c>.</summary>
    public static void Write(string folder, string address)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 root = Root(rootKey, now);
        using var key = RSA.Create(2048);
        using X509Certificate2 server = Request(key, address).Create(
            root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), now - Backdate, now + Life, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(Path.Combine(folder, "root.pem"), root.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "server.pem"), server.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static X509Certificate2 Root(ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest("O=Sallyport, CN=Benchmark root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - Backdate, now + Life + Backdate);
    }

    private static CertificateRequest Request(RSA key, string address)
    {
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        names.AddDnsName("edgeHub");
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
