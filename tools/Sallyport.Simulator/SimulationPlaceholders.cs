using Sallyport.Simulator.Network;

namespace Sallyport.Simulator;

/// <summary>The placeholders of a manifest.</summary>
internal sealed class SimulationPlaceholders(EdgeSimulationOptions options, SimulationAddresses addresses)
{
    /// <summary>Given values win; then what the simulation knows. A real device is never taken from the environment: nobody polls a plant by accident.</summary>
    public string? Find(string name) => options.Placeholders.GetValueOrDefault(name) ?? name switch
    {
        "MODBUS_ENDPOINT" => $"modbus-tcp://{options.ModbusDevice ?? $"{addresses.Plant}:{SimulationAddresses.PlantPort}"}",
        // Simulated controllers take these places.
        "LOGIX_HOST" or "MICRO800_HOST" => addresses.Plant.ToString(),
        "IOT_HUB_RESOURCE_ID" => string.Empty,
        _ when name.StartsWith("CONTAINER_REGISTRY_", StringComparison.Ordinal) => string.Empty,
        _ => Environment.GetEnvironmentVariable(name),
    };
}
