using OpenTelemetry.Resources;

namespace Sallyport.Hosting;

/// <summary>How a module says by OTLP who it is.</summary>
internal static class ModuleResource
{
    public static void Describe(ResourceBuilder resource, ModuleIdentity identity) => resource
        .AddService(identity.ModuleId, serviceNamespace: "sallyport", serviceInstanceId: identity.InstanceNumber)
        .AddAttributes(
        [
            new("edge_device", identity.DeviceId),
            new("iothub", identity.HubHostName),
            new("module_name", identity.ModuleId),
            new("instance_number", identity.InstanceNumber),
        ]);
}
