using Sallyport.IotHub;

namespace Sallyport.Hosting;

/// <summary>Who this process is. On all metrics and in all events of a module.</summary>
/// <param name="DeviceId">The Edge device.</param>
/// <param name="ModuleId">The module.</param>
/// <param name="HubHostName">The IoT hub.</param>
/// <param name="InstanceNumber">New at each start, so that a counter that begins anew is told apart from one that went down.</param>
public sealed record ModuleIdentity(string DeviceId, string ModuleId, string HubHostName, string InstanceNumber)
{
    internal static ModuleIdentity Of(EdgeEnvironment environment) =>
        new(environment.DeviceId, environment.ModuleId, environment.HubHostName, Guid.NewGuid().ToString("N"));
}
