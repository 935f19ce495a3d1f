namespace Sallyport.Manifest.Routing;

/// <summary>Names a device, or one module of a device.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="ModuleId">The module, empty for the device itself.</param>
internal readonly record struct HubIdentity(string DeviceId, string ModuleId)
{
    public bool IsModule => ModuleId.Length > 0;

    /// <summary>The MQTT client id, which is also how edgeHub's metrics name a client: «device» or «device/module».</summary>
    public string ClientId => IsModule ? $"{DeviceId}/{ModuleId}" : DeviceId;

    public static HubIdentity Device(string deviceId) => new(deviceId, string.Empty);

    public override string ToString() => ClientId;
}
