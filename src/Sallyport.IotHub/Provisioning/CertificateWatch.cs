using System.Collections.Immutable;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Notices that there are other certificates than those that were read.</summary>
internal sealed class CertificateWatch(IDeviceCertificates certificates, TimeProvider time)
{
    // A connection that stands has time; one that does not may be waiting for the new certificate.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookWhileConnected = TimeSpan.FromMinutes(1);

    private DateTime _seen;

    /// <summary>Reads them.</summary>
    public Task<OwnCertificates> ReadAsync(CancellationToken cancellationToken)
    {
        // Before the reading: a change meanwhile is seen as one.
        _seen = certificates.LastChange;
        return certificates.ReadAsync(cancellationToken);
    }

    /// <summary>Waits until the best certificate is another one, or the one in use is gone.</summary>
    /// <param name="own">As they were read.</param>
    /// <param name="inUse">One of them.</param>
    /// <param name="isConnected">Whether it serves.</param>
    /// <param name="end">Somebody else was first.</param>
    /// <returns>False if somebody else was first.</returns>
    public async Task<bool> WaitUntilRenewedAsync(
        ImmutableArray<DeviceCertificate> own, DeviceCertificate inUse, Func<bool> isConnected, CancellationToken end)
    {
        using var timer = new PeriodicTimer(Look, time);
        long lastLook = time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                if (isConnected() && time.GetElapsedTime(lastLook) < LookWhileConnected)
                {
                    continue;
                }

                lastLook = time.GetTimestamp();
                if (certificates.LastChange != _seen && await ReadAsync(end) is OwnCertificates.Found { Certificates: var now } && IsRenewed(own, inUse, now))
                {
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // As asked.
        }

        return false;
    }

    /// <summary>Disposes certificates that were read.</summary>
    public static void Dispose(ImmutableArray<DeviceCertificate> read)
    {
        foreach (DeviceCertificate certificate in read)
        {
            certificate.Dispose();
        }
    }

    // A connection that works is not given up for something that cannot be read.
    private static bool IsRenewed(ImmutableArray<DeviceCertificate> own, DeviceCertificate inUse, ImmutableArray<DeviceCertificate> now)
    {
        try
        {
            return !IsSame(now[0], own[0]) || !now.Any(one => IsSame(one, inUse));
        }
        finally
        {
            Dispose(now);
        }
    }

    private static bool IsSame(DeviceCertificate one, DeviceCertificate other) => string.Equals(one.Thumbprint, other.Thumbprint, StringComparison.Ordinal);
}
