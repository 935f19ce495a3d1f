using System.Collections.Immutable;
using Sallyport.Identity;

namespace Sallyport.IotHub.Provisioning;

/// <summary>Finds out which hub a device belongs to, by registering it. Registering a device that is registered is harmless.</summary>
public interface IDeviceProvisioner
{
    /// <summary>Registers, once.</summary>
    /// <param name="certificates">Ours, the best first: the next one is tried when one is refused. At least one; not disposed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ProvisioningOutcome> RegisterAsync(ImmutableArray<DeviceCertificate> certificates, CancellationToken cancellationToken);
}
