using Sallyport.Identity;
using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Environments;

/// <summary>The environment that edgeAgent gives to a module: the key stays with the Edge daemon.</summary>
internal static class DaemonEnvironment
{
    /// <summary>Reads <c>IOTEDGE_*</c>.</summary>
    /// <exception cref="EdgeEnvironmentException">A variable is missing or wrong.</exception>
    public static EdgeEnvironment Read(IReadOnlyDictionary<string, string?> variables, TimeProvider time)
    {
        var read = new EnvironmentVariables(variables);
        string workloadAddress = read.Find("IOTEDGE_WORKLOADURI") ?? throw new EdgeEnvironmentException(
            "IOTEDGE_WORKLOADURI", $"it is not set, and neither is {DevelopmentEnvironment.Variable}. Run as an IoT Edge module, or give a connection string.");
        string deviceId = read.GetId("IOTEDGE_DEVICEID");
        string moduleId = read.GetId("IOTEDGE_MODULEID");
        string generationId = read.Get("IOTEDGE_MODULEGENERATIONID");
        HostAddress hub = read.GetHost("IOTEDGE_IOTHUBHOSTNAME");
        HostAddress gateway = read.GetHost("IOTEDGE_GATEWAYHOSTNAME");
        if (!string.Equals(read.Get("IOTEDGE_AUTHSCHEME"), "sasToken", StringComparison.OrdinalIgnoreCase))
        {
            throw new EdgeEnvironmentException("IOTEDGE_AUTHSCHEME", "only 'sasToken' is known.");
        }

        WorkloadClient workload = Workload(workloadAddress, time);
        return new EdgeEnvironment(
            new ClientIdentity(deviceId, moduleId),
            hub.Name,
            gateway,
            LinkProfile.EdgeHub,
            new WorkloadKey(workload, moduleId, generationId),
            workload.ReadTrustBundleAsync)
        {
            GenerationId = generationId,
            Workload = workload,
        };
    }

    private static WorkloadClient Workload(string address, TimeProvider time)
    {
        try
        {
            return new WorkloadClient(new Uri(address), time);
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            throw new EdgeEnvironmentException("IOTEDGE_WORKLOADURI", "it is neither unix:///path nor http://host:port.");
        }
    }
}
