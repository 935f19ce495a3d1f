using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Certificates from PEM files: the current one, and the one before while a renewal is fresh.</summary>
/// <param name="CertificateFile">Leaf, then what is above it.</param>
/// <param name="KeyFile">Its key.</param>
/// <param name="PreviousCertificateFile">The same of the one before; null for none. Without effect while there is no such file.</param>
/// <param name="PreviousKeyFile">Its key.</param>
public sealed record CertificateFiles(string CertificateFile, string KeyFile, string? PreviousCertificateFile = null, string? PreviousKeyFile = null) : IDeviceCertificates
{
    /// <inheritdoc/>
    public bool TryRead(out ImmutableArray<DeviceCertificate> certificates, [NotNullWhen(false)] out string? reason)
    {
        DeviceCertificate? previous = null;
        bool isCurrent = DeviceCertificate.TryRead(CertificateFile, KeyFile, out DeviceCertificate? current, out reason);
        bool isPrevious = PreviousCertificateFile is not null && PreviousKeyFile is not null
            && DeviceCertificate.TryRead(PreviousCertificateFile, PreviousKeyFile, out previous, out _);
        certificates = (isCurrent, isPrevious) switch
        {
            (true, true) => [current!, previous!],
            (true, false) => [current!],
            (false, true) => [previous!],
            _ => [],
        };
        reason = certificates.IsEmpty ? reason! : null;
        return reason is null;
    }
}
