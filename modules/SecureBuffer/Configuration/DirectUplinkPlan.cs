using Sallyport.IotHub.Provisioning;

namespace Sallyport.SecureBuffer.Configuration;

/// <summary>The device that the buffer is at IoT Hub when it sends past edgeHub.</summary>
/// <param name="Target">Where it learns which hub.</param>
/// <param name="Identity">What it proves itself with.</param>
/// <param name="RootsFile">Roots of the provisioning service and of IoT Hub, PEM.</param>
internal sealed record DirectUplinkPlan(ProvisioningTarget Target, DirectIdentity Identity, string RootsFile);
