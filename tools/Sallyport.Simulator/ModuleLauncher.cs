using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Disks;
using Sallyport.Simulator.Est;
using Sallyport.Manifest;
using Sallyport.Simulator.Modules;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Provisioning;
using Sallyport.Simulator.Workload;

namespace Sallyport.Simulator;

/// <summary>Does for modules what edgeAgent and the Edge daemon do: identities, twins, sockets, environments, processes.</summary>
internal sealed class ModuleLauncher(
    SimulationFolders folders,
    SimulationAddresses addresses,
    WorkloadApi workload,
    CloudHub cloud,
    DeploymentManifest manifest,
    IReadOnlyDictionary<string, ModuleProgram> programs,
    string verifierCertificate,
    ModuleDisks disks,
    bool isHubDevelopment,
    EnrollingGateway gateway)
{
    private readonly ModuleVolumes _volumes = new(folders.State);

    /// <summary>The device that SecureBuffer sends as past edgeHub; null if it sends through edgeHub.</summary>
    public DirectDevice? Direct { get; init; }

    /// <summary>Measures each module at its start, and lets no other start meanwhile; null does not.</summary>
    public ModuleGauge? Gauge { get; init; }

    /// <summary>The clock of the modules, if it can be set.</summary>
    public ModuleClock? Clock { get; init; }

    /// <summary>Registers the device and its modules at IoT Hub, with the keys of the last run where there are some, and sets their twins.</summary>
    public void RegisterIdentities()
    {
        var file = new IdentityFile(folders.IdentityFile);
        var kept = file.Read();
        List<RegisteredIdentity> registered = [Register(HubIdentity.Device(EdgeSimulation.DeviceId), kept)];
        foreach (var module in manifest.Modules)
        {
            var identity = Register(new(EdgeSimulation.DeviceId, module.Name), kept);
            cloud.ReplaceDesired(identity.Identity, DesiredOf(module));
            registered.Add(identity);
        }

        file.Write(registered);
    }

    /// <summary>Starts one module.</summary>
    /// <param name="module">Which.</param>
    /// <param name="index">Its place in the order of start, from 0.</param>
    /// <param name="supervisor">Who looks after it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(ModuleEntry module, int index, ModuleSupervisor supervisor, CancellationToken cancellationToken)
    {
        if (!cloud.Identities.TryFind(new(EdgeSimulation.DeviceId, module.Name), out var identity))
        {
            throw new InvalidOperationException($"{module.Name} is not registered.");
        }

        _volumes.Create(module.CreateOptions.Mounts);
        disks.Mount(module, _volumes, supervisor.GuardMount);
        ModuleAccess access = isHubDevelopment
            ? new ModuleAccess.ConnectionString(Convert.ToBase64String(identity.PrimaryKey.Span), folders.TrustBundleFile)
            : new ModuleAccess.WorkloadSocket(await workload.AddModuleAsync(identity, cancellationToken));
        var surroundings = new ModuleSurroundings(
            EdgeSimulation.DeviceId,
            cloud.HostName,
            addresses.EdgeHub.ToString(),
            identity.GenerationId,
            addresses.Module(index),
            folders.CreateHome(module.Name),
            access,
            manifest.EdgeAgentEnvironment);
        var variables = ModuleEnvironment.Of(module, surroundings, _volumes, Environment.GetEnvironmentVariable);
        supervisor.Start(module.Name, programs[module.Name], OwnVariables(module, variables));
        await (Gauge?.StartedAsync(module.Name, programs[module.Name], cancellationToken) ?? Task.CompletedTask);
    }

    /// <summary>What puts a token that ends at a time in the place of a module's key; nothing for a module that is not registered.</summary>
    public ImmutableDictionary<string, string> VariablesOfToken(string module, DateTimeOffset expiresAt) =>
        cloud.Identities.TryFind(new(EdgeSimulation.DeviceId, module), out var identity)
            ? ModuleEnvironment.OfToken(identity.Identity, cloud.HostName, addresses.EdgeHub.ToString(), SasToken.Mint(cloud.HostName, identity.Identity, identity.PrimaryKey, expiresAt), folders.TrustBundleFile)
            : [];

    private ImmutableDictionary<string, string> OwnVariables(ModuleEntry module, ImmutableDictionary<string, string> variables)
    {
        ImmutableDictionary<string, string> own = module.Name is EnrollingGateway.Module
            ? EnrollingGateway.Variables.ToImmutableDictionary(StringComparer.Ordinal).SetItems(variables)
            : variables;
        own = Clock is null ? own : own.SetItems(Clock.Variables);
        return module.Name is "SecureBuffer" && Direct is { } direct ? own.SetItem("Sallyport__RevocationFolder", direct.RevocationFolder) : own;
    }

    // The template cannot name certificates that each simulator makes for itself.
    private JsonObject DesiredOf(ModuleEntry module)
    {
        JsonObject desired = module.Desired.DeepClone().AsObject();
        if (module.Name is "SecureBuffer" && !desired.ContainsKey("verifierCertificate"))
        {
            desired["verifierCertificate"] = verifierCertificate;
        }

        if (module.Name is "SecureBuffer")
        {
            Direct?.Adapt(desired);
        }

        if (module.Name is EnrollingGateway.Module)
        {
            gateway.Adapt(desired);
        }

        if (module.Name is WatchedAddresses.Module)
        {
            new WatchedAddresses(manifest, addresses).Adapt(desired);
        }

        return desired;
    }

    private RegisteredIdentity Register(HubIdentity identity, IReadOnlyDictionary<string, IdentityFile.Entry> kept)
    {
        if (!kept.TryGetValue(identity.ClientId, out var entry))
        {
            return cloud.Identities.Add(identity);
        }

        var restored = entry.For(identity);
        cloud.Identities.Restore(restored);
        return restored;
    }
}
