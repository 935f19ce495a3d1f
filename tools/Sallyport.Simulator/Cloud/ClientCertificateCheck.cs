using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Simulator.Certificates;

namespace Sallyport.Simulator.Cloud;

/// <summary>Judges a device's client certificate as IoT Hub does: by its registered thumbprint, or for certificates of a registered authority.</summary>
/// <remarks>IoT Hub reads no revocation lists: a revoked device must be disabled in the registry.</remarks>
internal sealed class ClientCertificateCheck(CertificateAuthority authority, TimeProvider time)
{
    /// <param name="certificate">What it showed.</param>
    /// <param name="deviceId">Who it says it is.</param>
    /// <param name="thumbprint">The only certificate that it may show; null for any of the authority.</param>
    /// <returns>Null if it proves the device; else why not.</returns>
    public string? Judge(X509Certificate2 certificate, string deviceId, string? thumbprint)
    {
        if (thumbprint is not null)
        {
            return string.Equals(certificate.GetCertHashString(HashAlgorithmName.SHA256), thumbprint, StringComparison.OrdinalIgnoreCase)
                ? null
                : "its certificate is not the registered one";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority.Root);
        chain.ChainPolicy.ExtraStore.Add(authority.Issuing); // Devices send their leaf alone.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        if (!chain.Build(certificate))
        {
            return $"its chain is not accepted: {string.Join(", ", chain.ChainStatus.Select(status => status.Status))}";
        }

        string name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return string.Equals(name, deviceId, StringComparison.Ordinal) ? null : $"it is for {name}";
    }
}
