using System.Net;

namespace Sallyport.Simulator.Provisioning;

/// <summary>How the provisioning service is set up.</summary>
internal sealed record ProvisioningOptions
{
    /// <summary>The only ID scope.</summary>
    public const string IdScope = "0ne00SIMULAT";

    /// <summary>Where devices connect, on port 8883.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>How often a device is told to wait before it gets its hub, the first answer included.</summary>
    public int Waits { get; init; } = 2;

    /// <summary>How long it is told to wait, in seconds.</summary>
    public int RetryAfter { get; init; } = 1;
}
