using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sallyport.Manifest;
using Sallyport.Simulator.Network;
using Sallyport.Simulator.Plant;

namespace Sallyport.Simulator.EtherNetIpPlant;

/// <summary>Puts simulated controllers into the place of those that a reader's desired properties name.</summary>
internal static class ConfiguredControllers
{
    private const string Reader = "EtherNetIpReader";

    /// <summary>Makes one controller for each that is configured, and writes its address over the configured one. Without the reader there is none.</summary>
    /// <param name="modules">The modules of the deployment; the desired properties of the reader are changed.</param>
    /// <param name="addresses">The addresses of the simulation.</param>
    /// <param name="ledger">Draws unique values.</param>
    /// <param name="time">The clock of all controllers.</param>
    /// <param name="logs">Their log.</param>
    /// <exception cref="ManifestException">A controller is of no family that the simulation has, or there are more than it has addresses for.</exception>
    public static ImmutableArray<EtherNetIpPlantServer> Replace(
        IEnumerable<ModuleEntry> modules, SimulationAddresses addresses, PlantLedger ledger, TimeProvider time, ILoggerFactory logs) =>
    [
        .. modules
            .Where(module => module.Name is Reader)
            .SelectMany(module => module.Desired["controllers"] as JsonObject ?? [])
            .Select((controller, index) => Replace(controller.Key, controller.Value, index, addresses, ledger, time, logs)),
    ];

    private static EtherNetIpPlantServer Replace(
        string name, JsonNode? node, int index, SimulationAddresses addresses, PlantLedger ledger, TimeProvider time, ILoggerFactory logs)
    {
        var pointer = $"/{Reader}/properties.desired/controllers/{name}";
        if (node is not JsonObject controller)
        {
            throw new ManifestException(pointer, "A controller is an object with host and family.");
        }

        if (index >= SimulationAddresses.MostControllers)
        {
            throw new ManifestException(pointer, $"The simulation has addresses for {SimulationAddresses.MostControllers} controllers.");
        }

        var device = (controller["family"] as JsonValue)?.ToString() switch
        {
            "logix" => CompactLogix.Create(name, ledger, time),
            "micro800" => Micro850.Create(name, ledger, time),
            _ => throw new ManifestException($"{pointer}/family", "The simulation has controllers of the families logix and micro800."),
        };
        var endpoint = new IPEndPoint(addresses.Controller(index), EtherNetIpPlantServer.Port);
        controller["host"] = endpoint.Address.ToString();
        controller["port"] = endpoint.Port;
        return new(device, ledger, endpoint, time, logs.CreateLogger<EtherNetIpPlantServer>());
    }
}
