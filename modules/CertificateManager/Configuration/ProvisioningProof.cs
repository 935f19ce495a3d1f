using Sallyport.IotHub.Provisioning;

namespace Sallyport.CertificateManager.Configuration;

/// <summary>Where a new certificate has to register before it is used.</summary>
/// <param name="Target">Service, scope and device.</param>
/// <param name="RootsFile">PEM: the only roots of the service.</param>
internal sealed record ProvisioningProof(ProvisioningTarget Target, string RootsFile);
