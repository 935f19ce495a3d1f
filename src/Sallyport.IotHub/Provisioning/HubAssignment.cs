namespace Sallyport.IotHub.Provisioning;

/// <summary>Where the provisioning service has put a device.</summary>
/// <param name="HubHostName">The IoT hub; with a port if it is not 8883.</param>
/// <param name="DeviceId">The device's id there, usually the registration id.</param>
public sealed record HubAssignment(string HubHostName, string DeviceId);
