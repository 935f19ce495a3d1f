using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Simulator.Check;

/// <summary>The key of the verifier in the cloud, and its certificate, which SecureBuffer's twin names. Kept from run to run, as rings are.</summary>
internal sealed class VerifierIdentity : IDisposable
{
    private const int KeyBits = 3072;

    private VerifierIdentity(RSA key, string certificatePem) => (Key, CertificatePem) = (key, certificatePem);

    /// <summary>Opens announcements.</summary>
    public RSA Key { get; }

    /// <summary>For the property <c>verifierCertificate</c>.</summary>
    public string CertificatePem { get; }

    /// <summary>Reads the key of the last run, or makes one.</summary>
    /// <param name="path">PEM: key and certificate.</param>
    /// <param name="now">For the certificate's dates.</param>
    public static VerifierIdentity Open(string path, DateTimeOffset now)
    {
        const int ValidYears = 10;
        var key = RSA.Create(KeyBits);
        if (File.Exists(path))
        {
            string kept = File.ReadAllText(path);
            key.ImportFromPem(kept);
            return new VerifierIdentity(key, kept[kept.IndexOf("-----BEGIN CERTIFICATE", StringComparison.Ordinal)..]);
        }

        var request = new CertificateRequest("CN=Sallyport verifier", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(ValidYears));
        string pem = certificate.ExportCertificatePem();
        File.WriteAllText(path, key.ExportPkcs8PrivateKeyPem() + "\n" + pem);
        return new VerifierIdentity(key, pem);
    }

    public void Dispose() => Key.Dispose();
}
