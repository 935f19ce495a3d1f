using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIp.Planning;

/// <summary>What a device can do. Learned once: what it refuses is not asked for again.</summary>
public sealed record DeviceCapabilities
{
    /// <summary>Connections for messages of more than 511 bytes.</summary>
    public bool HasLargeConnections { get; init; } = true;

    /// <summary>Several requests in one.</summary>
    public bool HasMultipleServicePackets { get; init; } = true;

    /// <summary>Tags by their numbers.</summary>
    public bool HasInstanceAddressing { get; init; } = true;

    /// <summary>Definitions of structures, and structures as wholes.</summary>
    public bool HasTemplates { get; init; } = true;

    /// <summary>Ways to other devices.</summary>
    public bool HasRoutes { get; init; } = true;

    /// <summary>A controller of the Logix families, until it refuses something.</summary>
    public static DeviceCapabilities Logix { get; } = new();

    /// <summary>A controller of the Micro800 family.</summary>
    public static DeviceCapabilities Micro800 { get; } = new()
    {
        HasLargeConnections = false,
        HasMultipleServicePackets = false,
        HasInstanceAddressing = false,
        HasTemplates = false,
        HasRoutes = false,
    };

    /// <summary>What to begin with, by what the device says of itself.</summary>
    public static DeviceCapabilities Of(IdentityObject identity) => identity.IsMicro800 ? Micro800 : Logix;
}
