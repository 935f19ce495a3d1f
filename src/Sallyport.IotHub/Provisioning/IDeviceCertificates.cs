using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Where the certificates of a device come from: files, a TPM, a token.</summary>
public interface IDeviceCertificates
{
    /// <summary>Reads what is there now.</summary>
    /// <param name="certificates">At least one, the best first; they belong to the caller.</param>
    /// <param name="reason">One sentence: why there is none.</param>
    bool TryRead(out ImmutableArray<DeviceCertificate> certificates, [NotNullWhen(false)] out string? reason);
}
