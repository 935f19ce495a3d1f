namespace Sallyport.IotHub.Wire;

/// <summary>What CONNECT says about who we are.</summary>
/// <param name="DeviceId">1 to 128 characters, fit for a topic.</param>
/// <param name="ModuleId">The same, or empty for a device.</param>
internal sealed record ClientIdentity(string DeviceId, string ModuleId)
{
    private const string ApiVersion = "2021-04-12";

    /// <summary>True for a module, false for a device.</summary>
    public bool IsModule => ModuleId.Length > 0;

    /// <summary>The MQTT client id; edgeHub compares it with the user name, letter by letter.</summary>
    public string ClientId => IsModule ? $"{DeviceId}/{ModuleId}" : DeviceId;

    /// <summary>The MQTT user name. IoT Hub reads the host in it, edgeHub skips it.</summary>
    public string UserName(string hubHostName, string product) =>
        $"{hubHostName}/{ClientId}/?api-version={ApiVersion}&DeviceClientType={Uri.EscapeDataString(product)}";
}
