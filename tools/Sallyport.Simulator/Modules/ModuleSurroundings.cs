using System.Collections.Immutable;
using System.Net;

namespace Sallyport.Simulator.Modules;

/// <summary>What edgeAgent and the machine tell one module.</summary>
/// <param name="DeviceId">The edge device.</param>
/// <param name="HubHostName">IoT Hub's name, for the audience of tokens.</param>
/// <param name="GatewayHostName">Where edgeHub is reached.</param>
/// <param name="GenerationId">Generation of the module identity.</param>
/// <param name="ListenAddress">The module's own loopback address, as its container would have one.</param>
/// <param name="HomeFolder">A home of its own, so that no module sees another's certificates.</param>
/// <param name="Access">How it gets at its identity.</param>
/// <param name="EdgeAgentEnvironment">edgeAgent's own variables, some of which it hands on.</param>
internal sealed record ModuleSurroundings(
    string DeviceId,
    string HubHostName,
    string GatewayHostName,
    string GenerationId,
    IPAddress ListenAddress,
    string HomeFolder,
    ModuleAccess Access,
    ImmutableDictionary<string, string> EdgeAgentEnvironment);
