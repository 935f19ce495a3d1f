using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Identity;
using Sallyport.Identity.Revocation;
using Sallyport.Simulator.Certificates;

namespace Sallyport.Simulator.Cloud;

/// <summary>Judges a device's client certificate as IoT Hub does: by its registered thumbprint, or for certificates of a registered authority.</summary>
/// <remarks>Below an authority the device id must be the common name, where IoT Hub looks, and an alternative name, where everybody else does; all that our
/// profile of a device's certificate demands is demanded. IoT Hub reads no revocation lists: a revoked device must be disabled in the registry.</remarks>
internal sealed class ClientCertificateCheck(CertificateAuthority authority, TimeProvider time)
{
    private readonly CertificateValidator _validator =
        new(LinkProfile.Device, [authority.Root], time) { RevocationPolicy = RevocationPolicy.WhenListed.Instance };

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

        // Devices may send their leaf alone, as to IoT Hub, which knows the authority.
        return _validator.Validate(certificate, [authority.Issuing], new PeerName.Device(deviceId) { RegistrationId = deviceId }) is CertificateVerdict.Refused refused
            ? $"{refused.Detail} {refused.Fault.Advice()}"
            : null;
    }
}
