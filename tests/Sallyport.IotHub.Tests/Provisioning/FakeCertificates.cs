using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>Issues new certificates at each reading, or has none.</summary>
internal sealed class FakeCertificates(params Func<DeviceCertificate>[] issue) : IDeviceCertificates
{
    private int _readings;

    /// <summary>Why there is none; null if there are some.</summary>
    public string? Reason { get; set; }

    public DateTime LastChange { get; set; }

    public int Readings => Volatile.Read(ref _readings);

    public Task<OwnCertificates> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readings);
        return Task.FromResult<OwnCertificates>(
            Reason is { } reason ? new OwnCertificates.None(reason) : new OwnCertificates.Found([.. issue.Select(one => one())]));
    }
}
