using System.Security.Cryptography.X509Certificates;

namespace Sallyport.Simulator.Certificates;

/// <summary>What a TLS server presents: its leaf with private key, and the authorities between leaf and root.</summary>
/// <param name="Leaf">With private key.</param>
/// <param name="Chain">Issuer first; without the root, which clients must already have.</param>
internal sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain) : IDisposable
{
    /// <summary>Leaf, then chain, as PEM: what the workload API hands out.</summary>
    public string CertificatePem => string.Join('\n', Chain.Prepend(Leaf).Select(one => one.ExportCertificatePem())) + "\n";

    /// <summary>The leaf's key as PKCS#8 PEM.</summary>
    public string PrivateKeyPem => Leaf.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";

    public void Dispose() => Leaf.Dispose();
}
