using System.Net;
using Sallyport.Manifest;
using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Network;

namespace Sallyport.Simulator.EdgeHub;

/// <summary>How edgeHub is set up. The intervals are edgeHub's own; tests shorten them.</summary>
internal sealed record EdgeHubOptions
{
    /// <summary>The edge device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>What modules dial (<c>IOTEDGE_GATEWAYHOSTNAME</c>): a name or an address.</summary>
    public required string GatewayHostName { get; init; }

    /// <summary>Where to listen: MQTT on 8883, metrics on 9600.</summary>
    public required IPAddress Address { get; init; }

    public required RouteTable Routes { get; init; }

    /// <summary>How long a message is kept whose route says nothing; null is for ever.</summary>
    public TimeSpan? TimeToLive { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often the tokens of connected clients are checked again.</summary>
    public TimeSpan ReauthenticationInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a module may take to acknowledge an input message before it is delivered again.</summary>
    public TimeSpan InputAcknowledgementTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long reported properties rest before they go to IoT Hub.</summary>
    public TimeSpan ReportedSyncInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How much time must pass before a returning uplink makes edgeHub read a twin again.</summary>
    public TimeSpan TwinRefreshInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Those of a deployment on the simulated device.</summary>
    public static EdgeHubOptions Of(SimulationAddresses addresses, DeploymentManifest manifest) => new()
    {
        DeviceId = EdgeSimulation.DeviceId,
        GatewayHostName = addresses.EdgeHub.ToString(),
        Address = addresses.EdgeHub,
        Routes = manifest.EdgeHub.Routes,
        TimeToLive = manifest.EdgeHub.TimeToLive,
    };
}
