using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;

namespace Sallyport.Simulator.Provisioning;

/// <summary>What people do to the device that sends past edgeHub: shut it out, let its certificate run out, enrol it anew.</summary>
internal sealed class DeviceLife(DirectDevice device, CertificateAuthority authority, CloudHub cloud, ProvisioningService provisioning, TimeProvider time) : IDisposable
{
    /// <summary>The life of a certificate that is to run out in a run.</summary>
    public static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(12);

    private static readonly HubIdentity Identity = HubIdentity.Device(DirectDevice.RegistrationId);

    private X509Certificate2? _current;

    /// <summary>The device.</summary>
    public DirectDevice Device => device;

    /// <summary>Gives it its first certificate; the enrolment of the group is enough for that.</summary>
    /// <param name="isShort">Whether that is to run out.</param>
    public void Begin(bool isShort)
    {
        device.CreateFolders();
        if (!device.IsManaged)
        {
            Give(isShort ? ShortLife : null);
        }
    }

    /// <summary>Shuts it out as one that was stolen: revocation list, IoT Hub, provisioning service, connection.</summary>
    public Task RevokeAsync(CancellationToken cancellationToken) => CutAsync(ShutOut, cancellationToken);

    private void ShutOut()
    {
        X509Certificate2 stolen = _current ?? throw new InvalidOperationException("The device has no certificate yet.");
        authority.Revoke(stolen);
        cloud.Identities.Disable(Identity);

        // One device of a group is shut out by a disabled enrolment of its own.
        provisioning.Enrolments.Put(new Enrolment.Individual(DirectDevice.RegistrationId, [ThumbprintOf(stolen)]) { IsDisabled = true });
        device.WriteLists(authority.RevocationLists);
    }

    /// <summary>Waits until its certificate has run out, and closes its connection: nobody looks at dates in the midst of one.</summary>
    public async Task RunOutAsync(CancellationToken cancellationToken)
    {
        TimeSpan left = (_current?.NotAfter.ToUniversalTime() ?? DateTime.MinValue) - time.GetUtcNow().UtcDateTime + TimeSpan.FromSeconds(1);
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        _ = cloud.Cut(DirectDevice.RegistrationId);
    }

    /// <summary>A new certificate for a new key, an enrolment for it, and the device enabled again.</summary>
    public void Enrol()
    {
        Give(life: null);
        provisioning.Enrolments.Put(new Enrolment.Individual(DirectDevice.RegistrationId, [ThumbprintOf(_current!)]));
        cloud.Identities.Enable(Identity);
    }

    /// <summary>Does something as soon as it is connected, and closes that connection.</summary>
    public async Task CutAsync(Action before, CancellationToken cancellationToken)
    {
        await cloud.WaitUntilConnectedAsync(DirectDevice.RegistrationId, cancellationToken);
        before();
        _ = cloud.Cut(DirectDevice.RegistrationId);
    }

    /// <inheritdoc />
    public void Dispose() => _current?.Dispose();

    private void Give(TimeSpan? life)
    {
        _current?.Dispose();
        _current = authority.IssueClient(DirectDevice.RegistrationId, life);
        device.Write(_current, authority.Issuing);
    }

    private static string ThumbprintOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
