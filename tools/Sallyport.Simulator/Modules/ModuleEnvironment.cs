using System.Collections.Immutable;
using Sallyport.Manifest;
using Sallyport.Manifest.Routing;

namespace Sallyport.Simulator.Modules;

/// <summary>The environment of a module's process: what edgeAgent (or iotedgehubdev) would set, what the manifest sets, and nothing of ours but an address.</summary>
/// <remarks>edgeAgent: CreateOrUpdateCommand.cs of Azure/iotedge. iotedgehubdev: edgemanager.py.</remarks>
internal static class ModuleEnvironment
{
    private const string WorkloadApiVersion = "2022-08-03";

    /// <summary>Variables that edgeAgent hands on from its own environment when it has them.</summary>
    private static readonly string[] HandedOn = ["RuntimeLogLevel", "UpstreamProtocol"];

    /// <summary>Variables that a container's image would bring, taken from this machine.</summary>
    private static readonly string[] FromMachine = ["PATH", "DOTNET_ROOT", "DOTNET_HOST_PATH", "TMPDIR", "LANG"];

    /// <summary>Puts the environment together. Later sources win: machine, create options, manifest, edgeAgent, simulator.</summary>
    /// <param name="module">The manifest's entry.</param>
    /// <param name="surroundings">What edgeAgent tells it.</param>
    /// <param name="volumes">Where its mounts lie on this machine.</param>
    /// <param name="machine">Gives a variable of this machine, or null.</param>
    public static ImmutableDictionary<string, string> Of(
        ModuleEntry module,
        ModuleSurroundings surroundings,
        ModuleVolumes volumes,
        Func<string, string?> machine)
    {
        var variables = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in FromMachine)
        {
            if (machine(name) is { } value)
            {
                variables[name] = value;
            }
        }

        variables["HOME"] = surroundings.HomeFolder;
        foreach (var (name, value) in module.CreateOptions.Environment.Concat(module.Environment))
        {
            variables[name] = volumes.OnHost(value, module.CreateOptions.Mounts);
        }

        foreach (var (name, value) in Identity(module.Name, surroundings))
        {
            variables[name] = value;
        }

        variables["Sallyport__ListenAddress"] = surroundings.ListenAddress.ToString();
        return variables.ToImmutable();
    }

    /// <summary>What people set besides when they give a module a token of their own, which wins over the workload API.</summary>
    public static ImmutableDictionary<string, string> OfToken(HubIdentity module, string hubHostName, string gatewayHostName, string token, string trustBundleFile) =>
        ImmutableDictionary<string, string>.Empty
            .Add(
                "EdgeHubConnectionString",
                $"HostName={hubHostName};GatewayHostName={gatewayHostName};DeviceId={module.DeviceId};ModuleId={module.ModuleId};SharedAccessSignature={token}")
            .Add("EdgeModuleCACertificateFile", trustBundleFile);

    private static IEnumerable<KeyValuePair<string, string>> Identity(string moduleId, ModuleSurroundings surroundings) => surroundings.Access switch
    {
        ModuleAccess.WorkloadSocket workload =>
        [
            new("IOTEDGE_WORKLOADURI", $"unix://{workload.SocketPath}"),
            new("IOTEDGE_APIVERSION", WorkloadApiVersion),
            new("IOTEDGE_AUTHSCHEME", "sasToken"),
            new("IOTEDGE_IOTHUBHOSTNAME", surroundings.HubHostName),
            new("IOTEDGE_GATEWAYHOSTNAME", surroundings.GatewayHostName),
            new("IOTEDGE_DEVICEID", surroundings.DeviceId),
            new("IOTEDGE_MODULEID", moduleId),
            new("IOTEDGE_MODULEGENERATIONID", surroundings.GenerationId),
            .. HandedOn.Where(surroundings.EdgeAgentEnvironment.ContainsKey)
                .Select(name => KeyValuePair.Create(name, surroundings.EdgeAgentEnvironment[name])),
        ],
        ModuleAccess.ConnectionString development =>
        [
            new(
                "EdgeHubConnectionString",
                $"HostName={surroundings.HubHostName};GatewayHostName={surroundings.GatewayHostName};DeviceId={surroundings.DeviceId};"
                + $"ModuleId={moduleId};SharedAccessKey={development.SharedAccessKey}"),
            new("EdgeModuleCACertificateFile", development.TrustBundleFile),
        ],
        _ => throw new InvalidOperationException($"{surroundings.Access.GetType().Name} is not an access."),
    };
}
