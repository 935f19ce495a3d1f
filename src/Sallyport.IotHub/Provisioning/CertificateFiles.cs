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
    public DateTime LastChange => Later(File.GetLastWriteTimeUtc(CertificateFile), File.GetLastWriteTimeUtc(KeyFile));

    /// <inheritdoc/>
    public Task<OwnCertificates> ReadAsync(CancellationToken cancellationToken)
    {
        DeviceCertificate? previous = null;
        bool isCurrent = DeviceCertificate.TryRead(CertificateFile, KeyFile, out DeviceCertificate? current, out string? reason);
        bool isPrevious = PreviousCertificateFile is not null && PreviousKeyFile is not null
            && DeviceCertificate.TryRead(PreviousCertificateFile, PreviousKeyFile, out previous, out _);
        return Task.FromResult<OwnCertificates>((isCurrent, isPrevious) switch
        {
            (true, true) => new OwnCertificates.Found([current!, previous!]),
            (true, false) => new OwnCertificates.Found([current!]),
            (false, true) => new OwnCertificates.Found([previous!]),
            _ => new OwnCertificates.None(reason!),
        });
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
