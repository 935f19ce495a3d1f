using System.Net;

namespace Sallyport.Simulator.Cloud;

/// <summary>How the IoT Hub role is set up.</summary>
internal sealed record CloudHubOptions
{
    /// <summary>The hub's name: audience of all tokens. A name or an address that devices dial.</summary>
    public required string HostName { get; init; }

    /// <summary>Where devices connect, on port 8883.</summary>
    public required IPAddress Address { get; init; }
}
